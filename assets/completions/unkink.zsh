#compdef unkink
# zsh completion of unkink. unkink itself says what may stand next.

_unkink() {
    local -a lines shown
    local line word
    lines=("${(@f)$(unkink __complete "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    [[ -n $lines[1] ]] || return 1
    case $lines[1] in
        :files*) [[ $PREFIX == *=* ]] && compset -P '*='; _files; return ;;
        :directories*) [[ $PREFIX == *=* ]] && compset -P '*='; _files -/; return ;;
        :commands*) _command_names -e; return ;;
    esac
    for line in $lines; do
        word=${line%%$'\t'*}
        shown+=("${word//:/\\:}:${line#*$'\t'}")
    done
    _describe -V 'unkink' shown
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _unkink "$@"
else
    compdef _unkink unkink
fi
