# Sourced by the scripts that read a running site: starts one of its own, which begins with the example, and ends it with the script.
work=$(mktemp -d)
site=
address=
at_end() { :; }

finish() {
  [ -z "$site" ] || kill "$site" 2>/dev/null || true
  wait 2>/dev/null || true
  at_end
  rm -rf "$work"
}
trap finish EXIT

# A site of its own with a database of its own, which begins with the example.
start() { # code
  local code=$1 log=$work/log
  (cd "$code" && LPCSITE_HOME=$work/home exec ./run --urls http://127.0.0.1:0) >"$log" 2>&1 &
  site=$!
  for _ in $(seq 600); do
    address=$(grep -oE 'Now listening on: "?http://127\.0\.0\.1:[0-9]+' "$log" | grep -oE 'http://.*' || true)
    [ -z "$address" ] || break
    kill -0 "$site" 2>/dev/null || { cat "$log"; exit 1; }
    sleep 0.5
  done
  [ -n "$address" ] || { cat "$log"; exit 1; }
}
