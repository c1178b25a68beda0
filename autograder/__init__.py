"""The grader: checks that stay hidden, the judge, the sandbox, reports, and the commands."""
