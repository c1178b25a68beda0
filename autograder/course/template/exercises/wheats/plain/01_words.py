def words(text):
    found = []
    for piece in text.split():
        word = ""
        for letter in piece.lower():
            if letter.isalpha():
                word += letter
        if word != "":
            found.append(word)
    return found


def most_frequent(text, n):
    counts = {}
    for word in words(text):
        if word not in counts:
            counts[word] = 0
        counts[word] += 1
    names = sorted(counts)
    names.sort(key=lambda name: counts[name], reverse=True)
    return [(name, counts[name]) for name in names[:n]]
