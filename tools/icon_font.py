"""Cut the icon font that Streamlit brings down to the icons that this app or Streamlit's own screens can draw.

    pip install fonttools brotli        # into an environment of its own: nothing else needs them
    python -m tools.icon_font

Run it when `tests/public/test_icons.py` names an icon that is missing, or a font that is no longer Streamlit's.
"""

import sys

from streamlit.material_icon_names import ALL_MATERIAL_ICONS

from pages.public.icons import FONT, NAMES, icons_meant, their_font


def main() -> None:
    """Write the list of names and the font of the ligatures with these names and the letters they are written with."""
    from fontTools import subset  # type: ignore[import-not-found]
    from fontTools.ttLib import TTFont  # type: ignore[import-not-found]

    source, names = their_font(), icons_meant(ALL_MATERIAL_ICONS)
    if source is None:
        sys.exit("Streamlit's icon font is not where it was: see their_font in pages/public/icons.py")
    font = TTFont(source)
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in (getattr(one, "ExtSubTable", one) for one in lookup.SubTable):
            for first, ligatures in table.ligatures.items():
                table.ligatures[first] = [
                    one
                    for one in ligatures
                    if "".join(letters.get(glyph, "?") for glyph in (first, *one.Component)) in names
                ]
    options = subset.Options(layout_features=["rlig"])
    options.flavor = "woff2"
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(names))
    cutter.subset(font)
    subset.save_font(font, str(FONT), options)
    NAMES.write_text("\n".join([source.name, *sorted(names)]) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(names)} icons, {FONT.stat().st_size // 1024} KiB\n")


if __name__ == "__main__":
    main()
