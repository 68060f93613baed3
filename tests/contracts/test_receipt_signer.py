"""What every ReceiptSigner must do."""

from storage.keyring import Keyring
from storage.ports import ReceiptSigner
from storage.receipts import verify


def test_a_signed_receipt_holds_under_the_public_key(keyring: Keyring) -> None:
    signer: ReceiptSigner = keyring
    receipt = signer.sign({"event": "purged", "recording": "ab" * 16})
    assert receipt["format"] == "vaiti-receipt/1"
    assert verify(receipt, signer.public_key()) == receipt["signature"]["key"]
