/* codes.h - every numbered error: what `cicatrix explain E031` prints.
 * X(number, title, explanation, way out).  E01x file and YAML, E02x quantities, E03x keys and
 * values, E04x domain, E05x pattern and treatment, E06x model and memory, E07x result files, E08x
 * checkpoints, E09x numerical, E10x studies,
 * E13x calibrations, E14x pictures, E15x stories. */
#ifndef CX_CONFIG_CODES_H
#define CX_CONFIG_CODES_H

/* clang-format off */
#define CX_CODES(X) \
    X(10, "not valid YAML", "The text breaks the rules of YAML at the place shown; what follows it was not read.", "Look for tabs in the indentation, an open bracket or quote, or a key without ': '.") \
    X(11, "the configuration cannot be opened", "The file is missing, is a folder, or may not be read.", "Check the path and the permissions.") \
    X(12, "the file is too large", "A configuration may have 1 MiB; the largest useful ones have a few kB.", "Put long lists of needles into a CSV file and name it in device.pattern.file.") \
    X(13, "not a text file", "The file holds bytes that are not UTF-8 text: it is binary, or in another encoding.", "Save it as UTF-8, or name the right file.") \
    X(14, "too deep or too long", "At most 8 levels, 20000 entries and 4096 bytes per value are read, so that no file can exhaust the machine.", "Flatten or shorten it.") \
    X(15, "a part of YAML that is not used here", "Anchors, aliases, tags, directives and several documents are refused: every value stands where it is used.", "Write the value out.") \
    X(16, "a key is given twice", "Two values for one setting: which one counts would be a guess.", "Delete one of the two lines.") \
    X(17, "the file is empty", "There is no setting in it.", "Start from `cicatrix new`.") \
    X(18, "not a map of settings", "A scenario is a list of 'key: value' lines; this file holds something else.", "Start with 'cicatrix: 1'.") \
    X(20, "not a number", "A plain decimal number was expected, such as 1.5 or 2e-3: no comma, no fraction, no hexadecimal, no nan.", "Rewrite the number.") \
    X(21, "the unit is missing", "Every dimensional value carries its unit, so that nobody has to guess between mm and um.", "Add the unit: 'length: 1.5 mm'.") \
    X(22, "unknown unit", "UDUNITS-2 does not know this unit.", "Check spelling and case: um, mm, day, ng/mL, 1/cm2, %.") \
    X(23, "wrong dimension", "The unit is known but measures something else than the setting.", "Use a unit of the dimension that the message names.") \
    X(24, "not a finite number", "The number is too large to be held.", "Use a smaller number or a larger unit.") \
    X(25, "the unit database is missing", "UDUNITS-2 could not read its table of units.", "Install the package libudunits2-data, or set UDUNITS2_XML_PATH.") \
    X(26, "not a time or a pattern of times", "Times are '6 h' or 'every 7 day from 7 day until 56 day'; a pattern starts at 0 and ends at time.end unless told otherwise.", "Rewrite the entry.") \
    X(27, "not a window of values", "An expectation is '7.5 +- 0.2', '12 ng/mL +- 1%' (a share of the value) or '[low, high]'.", "Rewrite the window.") \
    X(30, "unknown key", "No setting has this name at this place; a mistyped key must not be ignored silently.", "Use the name that is suggested, or `cicatrix explain GROUP` for all of a group.") \
    X(31, "unknown parameter", "The chosen model has no parameter of this name.", "`cicatrix describe MODEL` lists them.") \
    X(32, "wrong kind of value", "A single value, a list or a map was expected and something else was found.", "Look at the indentation and the brackets.") \
    X(33, "out of range", "The value is outside the range in which the setting is meaningful.", "`cicatrix explain NAME` shows range and source.") \
    X(34, "not one of the choices", "The setting takes one of a few words.", "Use one of the words in the message.") \
    X(35, "unknown model", "No model of this name was built in.", "`cicatrix models` lists them.") \
    X(36, "unknown name", "The chosen model has no outcome, series or field of this name.", "`cicatrix describe MODEL` lists them.") \
    X(37, "text that cannot be used", "Texts have at most 255 bytes of printable characters; names have letters, digits, '_' and '-'.", "Shorten or retype it.") \
    X(38, "a file that may not be used", "A configuration may only name existing files below its own folder: not absolute, without '..', not through links that leave it.", "Put the file beside the configuration.") \
    X(39, "an incomplete entry", "An entry of 'observed' needs an outcome and a value, a range or a sign; one of 'changes' needs at and set.", "Add what is missing.") \
    X(40, "the grid cannot be made", "The planes of the grid do not ascend, or a cell would have no size.", "Check domain.size, domain.cell, domain.surface_cell and the layer thicknesses.") \
    X(41, "too many cells", "At most 2^30 cells can be numbered; memory runs out long before.", "Use larger cells or a smaller block.") \
    X(42, "wrong number of sizes", "column needs [depth], slice [x, depth], axisymmetric [radius, depth], patch [x, y, depth], point none. Layout uniform does not fit itself to the skin.", "Give as many numbers as the geometry has directions.") \
    X(43, "layers do not fit", "The papillary dermis is a part of the dermis and must be thinner.", "Correct skin.papillary or skin.dermis.") \
    X(44, "periodic sides do not match", "What leaves through a periodic side enters through the opposite one: both must be periodic. A radius, the surface and the bottom cannot be.", "Set both sides, or neither.") \
    X(45, "a cell larger than the block", "At least one cell must fit into every direction.", "Use a smaller cell or a larger block.") \
    X(46, "no such side", "The geometry has no side of this name.", "point has none; column has bottom and top; slice and axisymmetric also left and right; patch all six.") \
    X(47, "more memory than allowed", "The run would need more memory than run.memory allows.", "Use larger cells, or raise run.memory if the machine has it.") \
    X(48, "more disk than allowed", "The result would need more disk than run.disk allows.", "Store fewer times or fields (output.at, output.fields), or raise run.disk.") \
    X(49, "too many steps or pictures", "The run would take more steps or store more pictures than the limits allow.", "Use a longer interval in output.at or a shorter time.end.") \
    X(50, "pitch and density both given", "The distance of the punctures and their number per area follow from each other.", "Keep one of device.pattern.pitch and device.pattern.density.") \
    X(51, "pitch or density where the pattern has its own", "roller, pen and stamp follow from their needles, rows, drum, cartridge, stroke rate and hand speed.", "Leave pitch and density out, or use square, hex or poisson.") \
    X(52, "no needle list", "type: file needs a file that can be read; a file needs type: file.", "Write {type: file, file: needles.csv} (or .json, .svg, .dxf) and put the list beside the configuration.") \
    X(53, "a needle list with a wrong value", "A needle of the list is incomplete, out of range or not a number, or a drawing holds none; the message names line and column.", "Correct that line; `cicatrix pattern FILE` checks the list alone.") \
    X(54, "needles deeper than the block", "The reached depth (length x penetration) is below the bottom of the simulated block.", "Make domain.size deeper or the needle shorter.") \
    X(55, "too many needles", "The pattern would make more needles than can be handled.", "Use a larger pitch, fewer passes or a smaller block.") \
    X(56, "a wound that the geometry cannot hold", "A straight incision, for one, does not fit into an axisymmetric block.", "Choose another domain.geometry or wound.type.") \
    X(57, "sessions out of order", "treatment.sessions must ascend.", "Sort the list.") \
    X(58, "overlapping sessions or changes", "Two sessions are less than an hour apart, or two changes set one parameter at the same time.", "Merge the sessions and raise treatment.passes, or move one; let one change end where the next begins.") \
    X(59, "a session or change after the end", "It lies at or after time.end and would have no effect.", "Move time.end or drop it.") \
    X(60, "a model that needs layers of skin", "domain.layout uniform has no layers; the model asks for a map of one, or averages a series over one.", "Use domain.layout: skin, or a model of a uniform tissue.") \
    X(61, "memory refused", "The system did not give the memory that the run needs.", "Use larger cells, a smaller block, or a larger machine.") \
    X(62, "a start that does not fit", "initial.file holds another grid, an unknown field or unit, a negative value, or a direction that the block lacks.", "Use a result of the same domain, or a CSV table as `x_um, cells [1/mm2]`.") \
    X(70, "there is a result already", "The folder holds a run; results are never overwritten by accident.", "Choose another folder with -o, or use --force.") \
    X(71, "a write failed", "The system refused to write a file of the result.", "Check permissions and the state of the disk; the checkpoint before it is intact.") \
    X(72, "the disk is full", "There is no room, or the quota or file-size limit is reached.", "Free some room and `cicatrix resume` the folder.") \
    X(73, "the result cannot be read", "The file is not a result of this program, or it is damaged.", "Check the path; `cicatrix verify` tells more.") \
    X(74, "a file cannot be read", "The system refused to open or read the file.", "Check path and permissions.") \
    X(75, "a folder cannot be made", "The folder of the result could not be created.", "Check the path and the permissions of the folder above it.") \
    X(76, "an outcomes file that cannot be used", "outcomes.json is not what this program writes, or a text in it is not UTF-8.", "Make it again with `cicatrix run`.") \
    X(77, "the report is too large", "The page with its pictures would be larger than a mail or a browser takes.", "Store fewer times or fields (output.at, output.fields); the numbers are all in run.nc.") \
    X(80, "no checkpoint", "The folder holds no checkpoint to go on from.", "Run the scenario again, or name the folder of a run that was stopped.") \
    X(81, "both checkpoints are damaged", "Neither of the two generations passes its checks; the message says why for each.", "Run the scenario again; please report what happened to the disk.") \
    X(82, "a damaged or foreign checkpoint", "The file fails its checks, or belongs to another scenario or a newer version; the message says which.", "Resume the folder that it came from; the other generation is tried by itself.") \
    X(90, "the step became too small", "The step was halved until it vanished, or a value is no longer finite; see the time, cell and field named.", "Check changed parameters; lower solver.tolerance; report it if all are defaults.") \
    X(91, "an impossible value", "A field left the range that its meaning allows.", "Lower solver.tolerance or solver.max_step, and look at the parameters of the named field.") \
    X(100, "not a study", "A study begins with 'cicatrix-study: 1', names its scenario with 'base' and says what is varied with 'vary'.", "`cicatrix help sweep`; scenarios are for `cicatrix run`.") \
    X(101, "the study is being worked on", "Another process has claimed the folder, so that nothing is computed twice.", "Wait for it, stop it with Ctrl-C or TERM, or use another folder with -o.") \
    X(102, "values that cannot be varied", "A range goes upward; a log scale starts above 0; words and times are listed; output.* and run.* change no result.", "Write {from: 0.5 mm, to: 2 mm, steps: 4}, or [0.5 mm, 1 mm]; `cicatrix help sweep`.") \
    X(103, "a method that does not fit", "A grid needs steps for each range; the Sobol sequence has 40 dimensions, of which saltelli needs two per factor. Indices need morris or saltelli.", "Add steps, or use lhs or morris.") \
    X(104, "too many runs", "A study has at most a million runs.", "Use fewer steps or repeats, or a method that samples.") \
    X(105, "a list of points that cannot be used", "The first line of the CSV file names settings, each further line has one value with its unit for each.", "Correct the line that is named.") \
    X(106, "no point of the study is a valid scenario", "Every combination of the varied values breaks a rule of the scenario.", "Look at the reason that is given; `cicatrix check` the base with --set.") \
    X(107, "too few whole blocks for indices", "A trajectory (morris) or block (saltelli) with a run that is not ok is left out; two whole ones are needed.", "runs.csv says what failed and why: narrow the ranges, or `cicatrix sweep retry`.") \
    X(117, "started by mpirun without MPI", "mpirun started copies of a program that cannot share the work, or of a one-process verb.", "Configure with `cmake -DCX_MPI=ON` (Debian: libopenmpi-dev), or start parts by hand with --part K/N.") \
    X(118, "no batch jobs", "Nothing is left to run, a name cannot stand in a batch script, or sbatch is not there or refused.", "The message says which; the scripts in the folder of the study can be edited and submitted by hand.") \
    X(120, "nothing to optimise", "An optimisation needs one to four goals of the study.", "Add for example goals: {collagen_total_gain: max, erythema_days: min}; make further wishes limits with constraints.") \
    X(121, "a limit that cannot be used", "A limit of constraints is <= or >= and a value in the unit of the outcome.", "Write constraints: {erythema_days: \"<= 2 day\", scar_index: \"<= 5 percent\"}; [\">= 1 day\", \"<= 2 day\"] for a window.") \
    X(122, "no design keeps the limits", "None of the designs that were tried keeps all constraints; the one that breaks them least is in optimization.json.", "Relax a limit, vary more or more widely, or raise optimize.generations.") \
    X(130, "not a calibration that can be used", "A calibration begins with 'cicatrix-calibration: 1' and has base, fit and data.", "`cicatrix help calibrate`; engine/study/calibration.h shows every key.") \
    X(131, "data that cannot be used", "The first line of the table names columns with units, as time [day], value [mm], sigma [mm]; each further line has a number for each.", "Correct the line that is named.") \
    X(132, "the fit cannot begin", "The runs at or beside the start fail, so that there are no slopes to follow.", "Move the start or the bounds; the message says why the first run failed.") \
    X(133, "no draws of a calibration", "--ensemble needs the folder of a finished calibration with ensemble.csv.", "Run `cicatrix calibrate FILE` with posterior.draws above 0.") \
    X(140, "no such picture or table", "The result has no such field, series, time, plane or view, or the file cannot have that ending.", "`cicatrix plot --list DIR` shows what there is; `cicatrix help plot` or `help export` the endings.") \
    X(150, "not a story that can be used", "A story begins with 'cicatrix-story: 1' and has base and steps; each step has title, text, time and field.", "`cicatrix help story` and configs/stories/README.md show one.") \
    X(151, "a caption that nothing backs", "A caption holds a number that was typed, or a comparison such as 'twice' in a step without claims.", "Take the number from the run, as {erythema_days}; write the comparison as a claim.") \
    X(152, "a formula that cannot be read", "A number of a caption or a claim of a story breaks the grammar of formulas, or names what is not there.", "configs/stories/README.md has the grammar.") \
    X(153, "units that do not fit together", "Two values of a claim or caption measure different things.", "Compare like with like; divide each by a value of its own unit.") \
    X(154, "a claim that does not hold", "The runs of the story contradict what it claims; no page is written.", "Change the claim and the text that rests on it, or the scenario.")
/* clang-format on */

#endif
