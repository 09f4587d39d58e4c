def translate_leftovers():
    pass
