#!/bin/sh
# Finds a Python that fits (3.11 to 3.13, able to make virtual environments) and hands over to the launcher.
set -eu
cd "$(dirname "$0")/../.."
bare=
for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    path=$(command -v "$name" 2>/dev/null) || continue
    "$path" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1 || continue
    if "$path" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        exec "$path" -m "$@"
    fi
    bare=$path
done
if [ -n "$bare" ]; then
    echo "Python thiếu mô-đun venv; hãy cài gói python3-venv. / Python lacks its venv module; install the package python3-venv." >&2
else
    echo "Cần Python 3.11, 3.12 hoặc 3.13 nhưng không tìm thấy. / Python 3.11, 3.12 or 3.13 is needed and none was found." >&2
fi
exit 1
