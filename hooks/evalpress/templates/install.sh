#!/bin/sh
# 离线安装 evalpress：sh install.sh /opt/evalpress
set -eu
export LC_ALL=C.UTF-8
here=$(cd "$(dirname "$0")" && pwd)
target=${1:?用法：sh install.sh 文件夹}
if ! python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'; then
    echo "缺 Python 3.11 以上或它的 venv 模块，请先装好这些系统软件包：" >&2
    cat "$here/packages.txt" >&2
    exit 1
fi
python3 -m venv "$target"
"$target/bin/python" -m pip install --quiet --disable-pip-version-check \
    --no-index --find-links "$here/wheels" evalpress
"$target/bin/evalpress" setup --fonts "$here/fonts"
echo "已装好。以后先运行：. '$target/bin/activate'"
