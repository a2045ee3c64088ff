"""Ward Round: a course handbook on careers in healthcare AI, with graded exercises."""
