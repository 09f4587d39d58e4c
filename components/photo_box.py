"""照片 of a need, an order, a complaint or a message: small pictures side by side, and one button to add another.

The worker holds a phone in one hand: two taps add a picture. The phone makes it small before it sends it (400 KB
instead of 5 MB), by the page's own connection: nothing is uploaded to an address that somebody else could open. A
picture that the phone cannot decode is sent as it is, and the server says what is wrong with it. The pictures come from
`/photo/<id>`, which checks who is looking. A photo is never required.
"""

import base64
import binascii
from collections.abc import Sequence

import streamlit as st

from components.acting import Request
from components.asking import Folded
from components.forms import Pressed, form
from components.refusals.shown import sentence
from components.wording import _
from components.wording.dates import near
from db.actions.photos import add_photo, remove_photo
from db.errors import Refused
from db.queries.photos import PhotoRow
from db.rules.photo import HEIC, LONGEST_SIDE, MOST_BYTES, MOST_PHOTOS, THUMBNAIL

_HTML = "<div class='photos'></div>"
_CSS = """
.photos { font-family: var(--st-font); color: var(--st-text-color); font-size: 0.9rem; line-height: 1.5; }
.shown { display: flex; flex-wrap: wrap; gap: 0.6rem; margin: 0 0 0.6rem; padding: 0; list-style: none; }
.shown a { display: block; border-radius: var(--st-base-radius); color: var(--st-link-color); text-decoration: none; }
.shown a:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
.shown img { display: block; width: 9rem; height: 7rem; object-fit: cover; border-radius: var(--st-base-radius);
             border: 1px solid var(--st-border-color); background: var(--st-secondary-background-color); }
.add { display: inline-flex; align-items: center; min-height: 2.75rem; min-width: 44px; padding: 0 1rem;
       border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); cursor: pointer;
       font-weight: 600; }
.add:hover { border-color: var(--st-primary-color); }
.add:focus-within { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
.add.off { opacity: 0.6; cursor: default; }
input[type=file] { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.said { margin: 0.3rem 0 0; }
.said:empty { margin: 0; }
@media print { .add { display: none; } }
"""
_JS = """
const sizeOf = (width, height, longest) => {
  const scale = Math.min(1, longest / Math.max(width, height))
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
}
const smaller = async (file, longest) => {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" })
  const canvas = document.createElement("canvas")
  ;[canvas.width, canvas.height] = sizeOf(bitmap.width, bitmap.height, longest)
  const ink = canvas.getContext("2d")
  ink.fillStyle = "white"
  ink.fillRect(0, 0, canvas.width, canvas.height)
  ink.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return await new Promise((done, failed) =>
    canvas.toBlob(blob => blob ? done(blob) : failed(new Error("no picture")), "image/jpeg", 0.82))
}
// What an iPhone keeps, by its first bytes: said at once, 3 MB need not go over a thin line to be refused.
const isHeic = async (file, brands) => {
  const head = String.fromCharCode(...new Uint8Array(await file.slice(4, 12).arrayBuffer()))
  return head.startsWith("ftyp") && brands.includes(head.slice(4))
}
const asText = blob => new Promise((done, failed) => {
  const reader = new FileReader()
  reader.onload = () => done(String(reader.result).split(",")[1] || "")
  reader.onerror = failed
  reader.readAsDataURL(blob)
})

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const root = parentElement.querySelector(".photos")
  root.replaceChildren()
  if (data.photos.length) {
    const list = document.createElement("ul")
    list.className = "shown"
    for (const photo of data.photos) {
      const item = document.createElement("li")
      const link = document.createElement("a")
      link.href = `/photo/${photo.id}`; link.target = "_blank"; link.rel = "noopener"
      const image = document.createElement("img")
      image.src = `/photo/${photo.id}?w=${data.small}`; image.alt = photo.alt; image.loading = "lazy"
      link.append(image); item.append(link); list.append(item)
    }
    root.append(list)
  }
  if (!data.add) return
  const label = document.createElement("label")
  label.className = "add"
  label.append(data.words.add)
  const input = document.createElement("input")
  // No "image/*" and no HEIC in this list: so an iPhone makes a JPEG of what is picked.
  input.type = "file"; input.accept = "image/jpeg,image/png,image/webp"
  label.append(input)
  const said = document.createElement("p")
  said.className = "said"; said.setAttribute("role", "status")
  input.onchange = async () => {
    const file = input.files[0]
    if (!file) return
    input.disabled = true; label.classList.add("off"); said.textContent = data.words.sending
    let blob = file, no = ""
    try { blob = await smaller(file, data.longest) } catch {
      if (await isHeic(file, data.heic)) no = data.words.heic  // else the server says what is wrong with it
    }
    input.value = ""
    if (!no && blob.size > data.most) no = data.words.large
    if (no) {
      said.textContent = no; input.disabled = false; label.classList.remove("off")
      return
    }
    setTriggerValue("picked", await asText(blob))
  }
  root.append(label, said)
}
"""
_component = st.components.v2.component("yiqilai_photos", html=_HTML, css=_CSS, js=_JS)
AS_IT_IS = MOST_BYTES * 3 // 4
"""What a phone that cannot make it smaller may send: the text that carries it stays below the connection's limit."""


def photo_box(photos: Sequence[PhotoRow], *, may_add: bool, **subject: int) -> Request | None:
    """Draw the photos of `need_id=…` (or order_id, complaint_id, intake_id); the request to add or remove one."""
    field, row_id = next(iter(subject.items()))
    name = f"photos.{field}.{row_id}"
    at = Pressed(f"{name}.add")
    room = may_add and len(photos) < MOST_PHOTOS
    if not photos and not room:
        return None
    result = _component(key=name, data=_data(photos, room=room), on_picked_change=lambda: None)
    at.slots[""] = st.empty()
    picked = result.picked
    removal = _removal(name, photos) if may_add and photos else None
    if picked is None or not room:
        return removal
    jpeg = _bytes(picked)
    if jpeg is None:
        at.problem("", _("照片没有收到，请再选一次。"))
        return removal
    return Request(at, add_photo, _("照片已保存"), {"jpeg": jpeg, **subject})


def picked_photo(name: str) -> bytes | None:
    """A button to pick one photo that belongs to nothing yet, made small by the phone; its bytes in the run after."""
    at = st.container()
    picked = _component(key=name, data=_data((), room=True), on_picked_change=lambda: None).picked
    jpeg = None if picked is None else _bytes(picked)
    if picked is not None and jpeg is None:
        at.error(_("照片没有收到，请再选一次。"))
    return jpeg


def _data(photos: Sequence[PhotoRow], *, room: bool) -> dict[str, object]:
    words = {
        "add": _("加一张照片（可不加）"),
        "sending": _("正在处理照片，请稍候……"),
        "heic": sentence(Refused("photo_heic")),
        "large": _("这张照片太大，手机又不能压缩它，请换一张。"),
    }
    shown = [
        {"id": photo.id, "alt": _("照片 {n}，{at}", n=place, at=near(photo.added_at))}
        for place, photo in enumerate(photos, 1)
    ]
    limits = {
        "longest": LONGEST_SIDE,
        "small": THUMBNAIL,
        "most": AS_IT_IS,
        "heic": sorted(brand.decode() for brand in HEIC),
    }
    return {"photos": shown, "add": room, "words": words, **limits}


def _bytes(picked: object) -> bytes | None:
    try:
        return base64.b64decode(picked, validate=True) if isinstance(picked, str) and picked else None
    except (binascii.Error, ValueError):
        return None


def _removal(name: str, photos: Sequence[PhotoRow]) -> Request | None:
    with Folded(_("删除照片"), icon=":material/delete:"), form(f"{name}.remove", border=False) as filling:
        numbers = {photo.id: place for place, photo in enumerate(photos, 1)}
        chosen = filling.choice(
            "photo_id", _("哪一张"), list(numbers), start=next(iter(numbers)), few=True,
            show=lambda photo_id: _("第 {n} 张", n=numbers[photo_id]),
        )  # fmt: skip
        reason = filling.line("reason", _("删除的原因（留在记录里）"), most=200)
        pressed = filling.submit(_("确认删除"), icon=":material/delete:")
    if not pressed:
        return None
    return Request(filling, remove_photo, _("照片已删除"), {"photo_id": chosen, "reason": reason})
