# Sourced by ./mvnw and ./atelier: sets JAVA_HOME to a JDK 25 or newer, from JAVA_HOME, the PATH or the usual folders.

atelier_jdk_version() { # prints the feature version of the JDK in folder $1, nothing when it has no compiler
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

atelier_find_jdk() {
  atelier_path_java=$(command -v javac 2>/dev/null || true)
  if [ -n "$atelier_path_java" ]; then
    atelier_path_java=$(readlink -f "$atelier_path_java" 2>/dev/null || printf '%s' "$atelier_path_java")
    atelier_path_java=$(dirname "$(dirname "$atelier_path_java")")
  fi
  for atelier_home in "${JAVA_HOME:-}" "$atelier_path_java"; do
    [ -n "$atelier_home" ] || continue
    atelier_version=$(atelier_jdk_version "$atelier_home")
    [ "${atelier_version:-0}" -ge 25 ] && { JAVA_HOME=$atelier_home; export JAVA_HOME; return 0; }
  done
  for atelier_folder in /usr/lib/jvm /usr/java /opt /opt/java /opt/homebrew/opt /usr/local/opt \
    /Library/Java/JavaVirtualMachines "$HOME/Library/Java/JavaVirtualMachines" \
    "$HOME/.sdkman/candidates/java" "$HOME/.jdks" "$HOME/.asdf/installs/java" "$HOME/.local/share/mise/installs/java"; do
    [ -d "$atelier_folder" ] || continue
    # find, not a glob: mvnw runs with globbing off.
    atelier_candidates=$(find "$atelier_folder" -mindepth 1 -maxdepth 1 2>/dev/null | sort -r)
    atelier_ifs=$IFS
    IFS='
'
    for atelier_home in $atelier_candidates; do
      IFS=$atelier_ifs
      [ -d "$atelier_home/Contents/Home" ] && atelier_home=$atelier_home/Contents/Home
      [ -d "$atelier_home/libexec/openjdk.jdk/Contents/Home" ] && atelier_home=$atelier_home/libexec/openjdk.jdk/Contents/Home
      atelier_version=$(atelier_jdk_version "$atelier_home")
      [ "${atelier_version:-0}" -ge 25 ] && { JAVA_HOME=$atelier_home; export JAVA_HOME; return 0; }
    done
    IFS=$atelier_ifs
  done
  echo "Atelier needs a JDK 25 or newer and found none in JAVA_HOME, on the PATH or in the usual folders (/usr/lib/jvm, ~/.sdkman, ...)." >&2
  echo "Install one (for example Temurin 25 from adoptium.net, or 'sdk install java 25-tem') or set JAVA_HOME to it." >&2
  return 1
}
