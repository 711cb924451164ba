# fish completion of unkink. unkink itself says what may stand next.

function __unkink_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    test (count $current) -gt 0; or set current ''
    set -l found (unkink __complete $words[2..-1] $current 2>/dev/null)
    switch "$found[1]"
        case ':files*'
            __fish_complete_path (string replace -r '^--[^=]*=' '' -- $current)
        case ':directories*'
            __fish_complete_directories (string replace -r '^--[^=]*=' '' -- $current)
        case ':commands*'
            __fish_complete_command
        case '*'
            printf '%s\n' $found
    end
end

complete -c unkink -f -a '(__unkink_complete)'
