"""What comes from outside, made up by a fuzzer that watches which code an input reaches."""
