"""The entry: `streamlit run app.py` or `python app.py`.

The screens are in `pages/shell.py` and the pages that it opens; here is what stands around them: routes, headers,
compression, the first-run code, and what a user sees when something unexpected fails.
"""

import gc

gc.disable()  # half a million objects come now and stay; `pages.public.startup` turns it on when they are there

import streamlit as st

from pages.public.middleware import middleware
from pages.public.mishap import on_script_error
from pages.public.routes import routes
from pages.public.startup import lifespan

app = st.App("pages/shell.py", routes=routes, middleware=middleware, lifespan=lifespan, on_script_error=on_script_error)

if __name__ == "__main__":
    app.run()
