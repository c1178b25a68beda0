import re
from collections import Counter


def words(text):
    return re.findall(r"[a-z]+", text.lower())


def most_frequent(text, n):
    return sorted(Counter(words(text)).items(), key=lambda p: (-p[1], p[0]))[:n]
