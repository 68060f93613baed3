"""Objects on any S3 server. Only this package knows that there is one (ADR 0018)."""

from storage.s3.bucket import Bucket
from storage.s3.objects import S3Objects

__all__ = ["Bucket", "S3Objects"]
