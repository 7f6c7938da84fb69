"""check_fixity and the system check of libvips."""

import pytest
from django.core.management import call_command
from django.utils.translation import override

from media import checks, vips

from .conftest import encoded, picture


@pytest.mark.django_db
def test_fixity_names_what_is_damaged_and_missing(take, settings, capsys):
    whole, damaged, missing = (take(encoded(picture(60 + n, 40)), f"tờ {n}.png") for n in range(3))
    with override("vi"):
        call_command("check_fixity")
    assert "3 tệp gốc, 0 tệp có lỗi" in capsys.readouterr().out
    master = settings.MASTERS_DIR / damaged.master_name
    data = bytearray(master.read_bytes())
    data[-1] ^= 1
    master.chmod(0o600)
    master.write_bytes(data)
    (settings.MASTERS_DIR / missing.master_name).unlink()
    with override("vi"), pytest.raises(SystemExit) as end:
        call_command("check_fixity")
    said = capsys.readouterr()
    assert end.value.code == 1
    assert f"HỎNG: {damaged.master_name}" in said.err and "tờ 1.png" in said.err
    assert f"THIẾU: {missing.master_name}" in said.err
    assert whole.master_name not in said.err
    assert "2 tệp có lỗi" in said.out


def test_the_bundled_libvips_is_in_use():
    assert checks.libvips_is_ours(None) == []
    assert vips.library_paths()


def test_another_libvips_is_named(monkeypatch):
    monkeypatch.setattr(vips, "version", lambda: (8, 14, 1))
    (error,) = checks.libvips_is_ours(None)
    assert "8.14.1" in error.msg and "8.18" in error.msg
    monkeypatch.undo()
    monkeypatch.setattr(vips, "library_paths", lambda: ["/usr/lib/x86_64-linux-gnu/libvips.so.42"])
    (warning,) = checks.libvips_is_ours(None)
    assert "/usr/lib" in warning.msg
