#!/bin/sh
# 把生成好的网站送到另一台机器：先整份送到新文件夹，再切换链接 current，读者看不到半个网站。
# 用法：send.sh site www@10.0.0.8 /srv/www      （第二个参数写 "" 就送到本机的文件夹）
# 对方的网页服务器以 /srv/www/current 为根目录；保留最近 4 份。
set -eu
site=${1%/} host=$2 target=$3
name=$(date +%Y%m%d-%H%M%S)

run() { if [ -n "$host" ]; then ssh "$host" "$1"; else sh -c "$1"; fi; }

test -s "$site/manifest.json" || { echo "$site 里没有 manifest.json，不是生成好的网站" >&2; exit 1; }
run "mkdir -p '$target/releases' && rm -rf '$target'/releases/.new-*"  # 上次中断的
last=$(run "readlink '$target/current' || true")
set -- -rlt --chmod=D755,F644 --checksum
if [ -n "$last" ]; then set -- "$@" "--link-dest=$target/$last/"; fi
rsync "$@" "$site/" "${host:+$host:}$target/releases/.new-$name/"
run "cd '$target' && mv 'releases/.new-$name' 'releases/$name' &&
     ln -sfn 'releases/$name' .current && mv -T .current current &&
     ls -1d releases/* | head -n -4 | xargs -r rm -rf"
echo "已切换到 $target/releases/$name"
