# pages.cmake - man pages and completions, made of what the program says of itself: cicatrix help --json.
#   cmake -DPROGRAM=build/cicatrix -DVERSION=0.1.0 -DOUT=build/generated -P engine/app/pages.cmake
cmake_minimum_required(VERSION 3.22)

execute_process(COMMAND ${PROGRAM} help --json OUTPUT_VARIABLE help COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${PROGRAM} help OUTPUT_VARIABLE overview COMMAND_ERROR_IS_FATAL ANY)

# Text as roff takes it: no escapes by accident, no line that starts a request.
function(roff text out)
  string(REPLACE "\\" "\\e" text "${text}")
  string(REPLACE "-" "\\-" text "${text}")
  string(REPLACE "\n." "\n\\&." text "${text}")
  string(REPLACE "\n'" "\n\\&'" text "${text}")
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

# A verbatim block.
function(verbatim title text out)
  roff("${text}" text)
  set(${out} ".SH ${title}\n.nf\n${text}\n.fi\n" PARENT_SCOPE)
endfunction()

# The options of a list, as a section and as words for the completion.
function(options json title page words)
  string(JSON count LENGTH "${json}")
  set(section "")
  set(flags "")
  if(count GREATER 0)
    set(section ".SH ${title}\n")
    math(EXPR last "${count} - 1")
    foreach(i RANGE ${last})
      string(JSON name GET "${json}" ${i} name)
      string(JSON doc GET "${json}" ${i} doc)
      string(JSON letter ERROR_VARIABLE none GET "${json}" ${i} letter)
      string(JSON value ERROR_VARIABLE without GET "${json}" ${i} value)
      set(term "--${name}")
      if(NOT none)
        set(term "-${letter}, --${name}")
      endif()
      if(NOT without)
        string(APPEND term " ${value}")
      endif()
      roff("${term}" term)
      roff("${doc}" doc)
      string(APPEND section ".TP\n.B ${term}\n${doc}\n")
      string(APPEND flags " --${name}")
    endforeach()
  endif()
  set(${page} "${section}" PARENT_SCOPE)
  set(${words} "${flags}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${OUT}/man1)
string(JSON common_json GET "${help}" options)
options("${common_json}" "OPTIONS OF EVERY VERB" common_page common_words)
string(JSON verbs GET "${help}" verbs)
string(JSON count LENGTH "${verbs}")
math(EXPR last "${count} - 1")
set(names "")
set(cases "")
set(also "")
foreach(i RANGE ${last})
  string(JSON name GET "${verbs}" ${i} name)
  string(JSON doc GET "${verbs}" ${i} doc)
  string(JSON usage GET "${verbs}" ${i} usage)
  string(JSON examples GET "${verbs}" ${i} examples)
  string(TOUPPER "${name}" shouted)
  string(JSON own_json GET "${verbs}" ${i} options)
  options("${own_json}" "OPTIONS" own_page own_words)
  roff("${doc}" doc)
  roff("${usage}" usage)
  verbatim("EXAMPLES" "${examples}" examples)
  file(WRITE ${OUT}/man1/cicatrix-${name}.1
    ".TH CICATRIX\\-${shouted} 1 \"\" \"cicatrix ${VERSION}\" \"Cicatrix\"\n"
    ".SH NAME\ncicatrix\\-${name} \\- ${doc}\n"
    ".SH SYNOPSIS\n.B cicatrix ${name}\n${usage}\n"
    "${examples}${own_page}${common_page}"
    ".SH SEE ALSO\n.BR cicatrix (1)\n")
  string(APPEND names " ${name}")
  string(APPEND cases "        ${name}) words=\"${own_words}\" ;;\n")
  string(APPEND also ".BR cicatrix\\-${name} (1)\n")
endforeach()

verbatim("DESCRIPTION" "${overview}" overview)
file(WRITE ${OUT}/man1/cicatrix.1
  ".TH CICATRIX 1 \"\" \"cicatrix ${VERSION}\" \"Cicatrix\"\n"
  ".SH NAME\ncicatrix \\- simulate how needled skin heals\n"
  ".SH SYNOPSIS\n.B cicatrix\nVERB [options]\n"
  "${overview}${common_page}.SH SEE ALSO\n${also}")

file(WRITE ${OUT}/cicatrix.bash
"# Completion for cicatrix: verbs, then the options of the verb, then files.
_cicatrix() {
    local word=\${COMP_WORDS[COMP_CWORD]} words=
    if [ \"$COMP_CWORD\" -eq 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W \"${names}${common_words}\" -- \"$word\")
        return
    fi
    case \${COMP_WORDS[1]} in
${cases}    esac
    if [ \"\${word:0:1}\" = - ]; then
        mapfile -t COMPREPLY < <(compgen -W \"$words${common_words}\" -- \"$word\")
    fi
}
complete -o default -F _cicatrix cicatrix
")
