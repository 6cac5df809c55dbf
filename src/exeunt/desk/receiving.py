"""What browsers send as files: small ones stay in memory, others are sealed while they arrive.

Nothing that somebody uploads is written to a disk in clear before an action decides to keep it:
what is larger than memory should hold goes, block by block, into a nameless file whose key lives
in this process alone and goes with the upload.
"""

import io
import secrets
import tempfile
from typing import IO, Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from exeunt.desk.uploads import incoming

IN_MEMORY = 2 << 20
BLOCK = 1 << 20
KEY_BITS = 256
TAG = 16
NUMBER_LENGTH = 12
SEALED_BLOCK = BLOCK + TAG


class SealedSpool(io.RawIOBase):
    """Bytes that were written once, sealed in blocks on the disk, and can be read many times.

    Each block knows its number and whether it is the last: none can be moved, dropped or added.
    """

    def __init__(self, file: IO[bytes]) -> None:
        """Seal into a file that has no name and vanishes when it is closed."""
        super().__init__()
        self._file = file
        self._cipher = AESGCM(AESGCM.generate_key(KEY_BITS))
        self._rest = bytearray()
        self._size = self._place = self._blocks = 0
        self._done = False
        self._opened: tuple[int, bytes] = (-1, b"")

    def take(self, content: bytes) -> None:
        """Take what arrives next."""
        self._rest += content
        self._size += len(content)
        # The last block is told from the others, so that one is held back.
        while len(self._rest) > BLOCK:
            self._seal(bytes(self._rest[:BLOCK]), last=False)
            del self._rest[:BLOCK]

    def finish(self) -> None:
        """Seal what is left; nothing more arrives."""
        self._seal(bytes(self._rest), last=True)
        self._rest.clear()
        self._done = True

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that reading can begin anywhere."""
        return True

    def tell(self) -> int:
        """Return the place of the next byte."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        begins = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = max(begins + offset, 0)
        return self._place

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with what is opened of the next block; 0 at the end."""
        if not self._done or self._place >= self._size:
            return 0
        number, within = divmod(self._place, BLOCK)
        piece = self._open(number)[within : within + len(buffer)]
        buffer[: len(piece)] = piece
        self._place += len(piece)
        return len(piece)

    def close(self) -> None:
        """Let the file go, and with it the key."""
        if not self.closed:
            self._file.close()
            self._opened = (-1, b"")
            self._rest.clear()
        super().close()

    def _seal(self, content: bytes, *, last: bool) -> None:
        number = self._blocks.to_bytes(NUMBER_LENGTH, "big")
        self._file.write(self._cipher.encrypt(number, content, b"last" if last else b"more"))
        self._blocks += 1

    def _open(self, number: int) -> bytes:
        if self._opened[0] != number:
            self._file.seek(number * SEALED_BLOCK)
            sealed = self._file.read(SEALED_BLOCK)
            last = b"last" if number == self._blocks - 1 else b"more"
            nonce = number.to_bytes(NUMBER_LENGTH, "big")
            self._opened = (number, self._cipher.decrypt(nonce, sealed, last))
        return self._opened[1]


class SealingUploadHandler(FileUploadHandler):
    """Takes every file that is uploaded: into memory while it is small, sealed from there on."""

    def new_file(self, *asked: Any, **named: Any) -> None:
        """Begin with nothing."""
        super().new_file(*asked, **named)
        self.taken = bytearray()
        self.spool: SealedSpool | None = None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """Take what arrives next."""
        if self.spool is None and len(self.taken) + len(raw_data) <= IN_MEMORY:
            self.taken += raw_data
            return
        if self.spool is None:
            # Django closes what a handler calls so, where an upload is broken off.
            self.spool = self.file = SealedSpool(_nameless_file())
            self.spool.take(bytes(self.taken))
            self.taken.clear()
        self.spool.take(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        """Return the file, to be read from its beginning."""
        content: IO[bytes] = io.BytesIO(self.taken)
        if self.spool is not None:
            self.spool.finish()
            content = io.BufferedReader(self.spool, BLOCK)
        return UploadedFile(
            file=content,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        """Let go of what had arrived, where the line broke."""
        self.taken.clear()
        if self.spool is not None:
            self.spool.close()


def _nameless_file() -> IO[bytes]:
    """Open a file that no folder lists, in the archive's own folder for what arrives."""
    return tempfile.TemporaryFile(dir=incoming(), prefix=f"{secrets.token_hex(4)}-")
