"""What a check ends with when it is not done: sentences for the learner, never our tracebacks."""


class Verdict(Exception):  # noqa: N818  (a verdict, not an error)
    """A check's end other than done: a sentence, and the learner's own frames if their code raised.

    `hint` stands in for the check's own one: None keeps that, "" shows none.
    """

    outcome = "not yet"

    def __init__(
        self, sentence: str, trace: tuple[str, ...] = (), printed: str = "", *, hint: str | None = None
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.trace = trace
        self.printed = printed
        self.hint = hint


class NotYet(Verdict):
    """The answer does not pass this check; the sentence says what came back and what was expected."""


class WrongForm(NotYet):
    """The answer could not be judged: it is missing, cannot be read, or is of the wrong type.

    The sentence says what to mend; the check's hint, which is about the matter, would only distract.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, hint="")


class Waiting(Verdict):
    """There is nothing to check yet: the starter's TODO still stands."""

    outcome = "waiting"
