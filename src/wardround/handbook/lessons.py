"""The lessons of the exercises as templates see them: read once a page, and again when a check or a mistake changes."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from wardround.authoring.lesson import Lesson, lesson_of
from wardround.catalog import Exercise


def lesson_for(env: BuildEnvironment, exercise: Exercise) -> Lesson:
    """Read an exercise's lesson for the page that is being read; raise LessonError if that cannot be done."""
    _told(env).setdefault(env.docname, {})[str(exercise.folder)] = _names(exercise.folder)
    lesson = lesson_of(exercise)
    for file in lesson.files:
        env.note_dependency(str(file))
    return lesson


def _names(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in (folder / "mistakes").glob("*.*")))


def _told(env: BuildEnvironment) -> dict[str, dict[str, tuple[str, ...]]]:
    """Page -> exercise's folder -> the mistakes that were there: a new file is no page's dependency yet."""
    told: dict[str, dict[str, tuple[str, ...]]] = env.__dict__.setdefault("lessons_told", {})
    return told


def _purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _told(env).pop(docname, None)


def _merge(_app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    _told(env).update({name: there for name, there in _told(other).items() if name in docnames})


def _outdated(_app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _gone: set[str]) -> list[str]:
    told = _told(env).items()
    return [page for page, there in told if any(_names(Path(folder)) != names for folder, names in there.items())]


def setup(app: Sphinx) -> None:
    """Keep the memory right over incremental and parallel builds."""
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-get-outdated", _outdated)
