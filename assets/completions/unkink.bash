# bash completion of unkink. unkink itself says what may stand next; bash 3.2 and newer.

_unkink() {
    local line=${COMP_LINE:0:COMP_POINT} words word found IFS
    # Split as blanks split: bash alone would break belt-line:left and --color=never apart.
    IFS=$' \t\n' read -ra words <<<"$line"
    [[ $line == *[[:space:]] ]] && words+=('')
    local current=${words[${#words[@]} - 1]}
    found=$(unkink __complete "${words[@]:1}" 2>/dev/null)
    COMPREPLY=()
    case $found in
        '') return ;;
        :files*)
            compopt -o filenames 2>/dev/null
            IFS=$'\n'
            COMPREPLY=($(compgen -f -- "${current#*=}"))
            return
            ;;
        :directories*)
            compopt -o filenames 2>/dev/null
            IFS=$'\n'
            COMPREPLY=($(compgen -d -- "${current#*=}"))
            return
            ;;
        :commands*)
            IFS=$'\n'
            COMPREPLY=($(compgen -c -- "$current"))
            return
            ;;
    esac
    # What bash takes for words of their own stays out of its answer.
    local done=''
    case $COMP_WORDBREAKS in *[=:]*) done=${current%"${current##*[=:]}"} ;; esac
    while IFS=$'\t' read -r word _; do
        COMPREPLY+=("${word#"$done"}")
    done <<<"$found"
}
complete -F _unkink unkink
