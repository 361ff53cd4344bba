#!/bin/sh
# train.sh <jar with the embedded parts> <file>: starts a gateway, stops it when it is ready,
# and leaves the list of the classes that it has loaded. Java 13 to 25 make an archive of such a list (-Xshare:dump).
set -eu
jar=$(realpath "$1")
list=$(realpath "$2")
work=$(mktemp -d)
cd "$work"
java -Djarmode=tools -jar "$jar" extract --destination app
GATEHOUSE_DATA=$work/data java -Xshare:off -XX:DumpLoadedClassList="$list" -jar app/*.jar >log 2>&1 &
gateway=$!
tries=0
until grep -q 'Gatehouse is ready' log; do
  tries=$((tries + 1))
  if [ "$tries" -gt 300 ] || ! kill -0 "$gateway" 2>/dev/null; then
    cat log
    exit 1
  fi
  sleep 1
done
kill "$gateway"
wait "$gateway" || true
test -s "$list"
rm -rf "$work"
