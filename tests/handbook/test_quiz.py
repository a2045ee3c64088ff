"""The quiz: usable without scripts, its answers printed, its faults said."""

import re

import pytest

from wardround.handbook.quiz import QuizError, parse

HEAD = "---\ndescription: A page that a test builds.\nupdated: 2026-11-22\n---\n\n"
QUIZ = """# Title

```{quiz}
- question: How many of **ten** alarms are true at a PPV of 0.2?
  answers:
    - text: Eight.
      why: That is the share of false ones.
    - text: Two.
      correct: true
      why: PPV counts the true among the alarms.
```

```{quiz}
- question: And false?
  answers:
    - {text: Eight., why: The rest., correct: true}
    - {text: Two., why: Those are the true ones.}
```
"""


def test_each_answer_opens_by_itself_and_says_whether_it_is_right(handbook):
    html = handbook({"index.md": HEAD + QUIZ}).html()
    opened = re.findall(r"<details.*?</details>", html, re.DOTALL)
    assert len(opened) == 4
    assert "Not quite." in opened[0]
    assert "the share of false ones" in opened[0]
    assert "Right." in opened[1]
    assert "<strong>ten</strong>" in html


def test_questions_are_numbered_through_the_page_and_the_key_stands_at_its_end(handbook):
    html = handbook({"index.md": HEAD + QUIZ + "\n## Last part\n\nText.\n"}).html()
    key = html[html.index('class="quiz-key"') :]
    assert html.index("Last part</h2>" if "Last part</h2>" in html else "Last part") < html.index('class="quiz-key"')
    assert "1 b." in key
    assert "2 a." in key
    assert "PPV counts the true among the alarms." in key


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("- question: x\n  answers:\n    - text: 'a", "line 3"),
        ("question: x", "start each question with"),
        ("- question: x", "question 1, answers: field required"),
        ("- question: x\n  answers:\n    - {text: a, why: b, right: true}\n    - {text: c, why: d}", "right"),
        ("- question: x\n  answers:\n    - {text: a, why: b, correct: true}", "two to five"),
        ("- question: x\n  answers:\n    - {text: a, why: b}\n    - {text: c, why: d}", "no right answer"),
    ],
)
def test_a_faulty_quiz_says_where_and_how_to_mend_it(body, says):
    with pytest.raises(QuizError, match=re.escape(says)):
        parse(body)


def test_a_faulty_quiz_is_a_warning_with_file_and_line(handbook):
    built = handbook({"index.md": HEAD + "# Title\n\n```{quiz}\nquestion: x\n```\n"})
    assert re.search(r"index\.md:8: WARNING: A quiz is a list", built.warnings)
