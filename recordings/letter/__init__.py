"""The letter that goes with a person's own calls: what the law wants told (GDPR Art. 15(1)), and what was said.

In Finnish, Swedish or English. `content.py` says what is told, `texts.py` how, `letter.typ` how it looks. `reply.py`
with `reply_texts.py` are the letters of a refusal and of an extension.
"""
