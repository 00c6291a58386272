"""`streamlit run app.py`: the server when imported, the chat page when run."""

import streamlit as st

if __name__ == "__main__":
    from web.pages.chat_page import show_page

    show_page()
else:
    from web.server import lifespan, middleware, routes

    app = st.App(__file__, routes=routes(), middleware=middleware(), lifespan=lifespan)
