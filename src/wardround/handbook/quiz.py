"""`{quiz}`: questions with explained answers, from a short YAML body.

On the page each answer opens by itself (`<details>`: no script, any keyboard). In print nothing can be opened, so the
right answers stand together at the end of the chapter.
"""

from typing import Any

import yaml
from docutils import nodes
from pydantic import BaseModel, ConfigDict, ValidationError
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxTranslator

logger = logging.getLogger(__name__)

LETTERS = "abcdefgh"


class Answer(BaseModel):
    """One answer: its text, why it is right or not, and whether it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    text: str
    why: str
    correct: bool = False


class Question(BaseModel):
    """One question with two to five answers, at least one of them right."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    question: str
    answers: tuple[Answer, ...]


class QuizError(ValueError):
    """A quiz body that cannot be used; the message says which question and what to mend."""


def parse(body: str) -> tuple[Question, ...]:
    """Read the YAML body of a quiz; QuizError names the line or the question and the remedy."""
    try:
        data = yaml.safe_load(body)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1} of the quiz" if mark else "the quiz"
        problem = getattr(error, "problem", None) or "not YAML"
        raise QuizError(f"{place}: {problem}. Write `- question:` with `answers:` below it.") from error
    if not isinstance(data, list) or not data:
        raise QuizError("A quiz is a list: start each question with `- question:`.")
    questions = []
    for number, item in enumerate(data, 1):
        try:
            question = Question.model_validate(item)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "the question"
            raise QuizError(f"question {number}, {where}: {first['msg'].lower()}.") from error
        if not 2 <= len(question.answers) <= 5:
            raise QuizError(f"question {number} has {len(question.answers)} answers; give it two to five.")
        if not any(answer.correct for answer in question.answers):
            raise QuizError(f"question {number} has no right answer; mark one with `correct: true`.")
        questions.append(question)
    return tuple(questions)


class quiz(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes so
    """All questions of one directive."""


class quiz_question(nodes.General, nodes.Element):  # noqa: N801
    """Children: the question's text, then its answers. `number` counts within the page."""


class quiz_answer(nodes.General, nodes.Element):  # noqa: N801
    """Children: the answer's text, then why. `letter`, `correct`."""


class quiz_text(nodes.General, nodes.Element):  # noqa: N801
    """The inline text of a question or an answer."""


class quiz_key(nodes.General, nodes.Element):  # noqa: N801
    """The right answers of a page, for print: a title and a list."""


class QuizDirective(SphinxDirective):
    """Questions to check oneself with."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the quiz, or a warning with the line and the remedy."""
        try:
            questions = parse("\n".join(self.content))
        except QuizError as error:
            logger.warning("%s", error, location=self.get_location())
            return []
        asked = int(self.env.temp_data.get("quiz_questions") or 0)
        self.env.temp_data["quiz_questions"] = asked + len(questions)
        return [quiz("", *(self._question(q, asked + i) for i, q in enumerate(questions, 1)))]

    def _question(self, question: Question, number: int) -> quiz_question:
        node = quiz_question("", self._text(question.question), number=number)
        for letter, answer in zip(LETTERS, question.answers, strict=False):
            why = self.parse_text_to_nodes(answer.why)
            node += quiz_answer("", self._text(answer.text), *why, letter=letter, correct=answer.correct)
        return node

    def _text(self, text: str) -> quiz_text:
        parsed = self.parse_text_to_nodes(" ".join(text.split()))
        children = parsed[0].children if parsed and isinstance(parsed[0], nodes.paragraph) else parsed
        return quiz_text("", *children)


def _add_key(app: Sphinx, doctree: nodes.document) -> None:
    """Put the right answers at the end of a page that asks."""
    questions = list(doctree.findall(quiz_question))
    if not questions:
        return
    key = quiz_key("", nodes.rubric("", "Answers"))
    for question in questions:
        for answer in question.findall(quiz_answer):
            if answer["correct"]:
                text, *why = (child.deepcopy() for child in answer.children)
                said = nodes.inline("", "", *text.children)
                head = nodes.paragraph("", "", nodes.strong("", f"{question['number']} {answer['letter']}. "), said)
                if why and isinstance(why[0], nodes.paragraph):  # the reason goes on in the same line: paper is short
                    head += [nodes.Text(" "), *why.pop(0).children]
                key += nodes.container("", head, *why)
    section = next(iter(doctree.findall(nodes.section)), None)
    (doctree if section is None else section).append(key)


def _open(tag: str, css: str) -> Any:
    def visit(self: SphinxTranslator, _node: nodes.Element) -> None:
        self.body.append(f'<{tag} class="{css}">')  # type: ignore[attr-defined]

    return visit


def _close(tag: str) -> Any:
    def depart(self: SphinxTranslator, _node: nodes.Element) -> None:
        self.body.append(f"</{tag}>\n")  # type: ignore[attr-defined]

    return depart


def _visit_text(self: SphinxTranslator, node: nodes.Element) -> None:
    if isinstance(node.parent, quiz_answer):
        self.body.append("<summary>")  # type: ignore[attr-defined]
    else:
        self.body.append(f'<p><span class="quiz-number">{node.parent["number"]}.</span> ')  # type: ignore[attr-defined]


def _depart_text(self: SphinxTranslator, node: nodes.Element) -> None:
    if isinstance(node.parent, quiz_answer):
        word = "Right." if node.parent["correct"] else "Not quite."
        mark = "right" if node.parent["correct"] else "wrong"
        self.body.append(f'</summary><p class="quiz-verdict quiz-{mark}">{word}</p>')  # type: ignore[attr-defined]
    else:
        self.body.append("</p>")  # type: ignore[attr-defined]


def _print_question(self: Any, node: nodes.Element) -> None:
    text, *answers = node.children
    options = "".join(f"[{self.render(answer.children[0].children)}], " for answer in answers)
    question = f"*{node['number']}.* {self.render(text.children)}"
    self.out(f'#block(breakable: false)[{question}\n#enum(numbering: "a.", {options})]\n\n')
    raise nodes.SkipNode


def _print_key(self: Any, node: nodes.Element) -> None:
    title, *answers = node.children
    self.out(f"{self.render([title])}#answers[{self.render(answers)}]\n\n")
    raise nodes.SkipNode


def _nothing(_self: Any, _node: nodes.Element) -> None:
    """Children speak for themselves."""


def setup(app: Sphinx) -> None:
    """Register the directive and its nodes for HTML and for the book."""
    through = (_nothing, _nothing)
    app.add_node(quiz, html=(_open("div", "quiz"), _close("div")), typst=through)
    app.add_node(quiz_question, html=(_open("div", "quiz-question"), _close("div")), typst=(_print_question, None))
    app.add_node(quiz_answer, html=(_open("details", "quiz-answer"), _close("details")), typst=through)
    app.add_node(quiz_text, html=(_visit_text, _depart_text), typst=through)
    app.add_node(quiz_key, html=(_open("aside", "quiz-key"), _close("aside")), typst=(_print_key, None))
    app.add_directive("quiz", QuizDirective)
    app.connect("doctree-read", _add_key)
