"""What a check ends with when it is not done: sentences for the learner, never our tracebacks."""


class Verdict(Exception):  # noqa: N818  (a verdict, not an error)
    """A check's end other than done: a sentence, and the learner's own frames if their code raised."""

    outcome = "not yet"

    def __init__(self, sentence: str, trace: tuple[str, ...] = (), printed: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.trace = trace
        self.printed = printed


class NotYet(Verdict):
    """The answer does not pass this check; the sentence says what came back and what was expected."""


class Waiting(Verdict):
    """There is nothing to check yet: the starter's TODO still stands."""

    outcome = "waiting"
