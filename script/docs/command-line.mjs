import { code, table } from './table.mjs';

/** The page of the command line, of what commander is told: every command with its arguments and options. */
export function commandLinePage(program) {
  const commands = program.commands.flatMap((command) => (command.commands.length > 0 ? command.commands : [command]));
  return `# Command line

${program.description()}

\`npx netaudit COMMAND --help\` shows these texts too. What the exit codes mean: [exit codes](../exit-codes.md).

${table(
  ['command', 'what it does'],
  commands.map((command) => [`[${nameOf(command)}](#${anchorOf(command)})`, command.description()]),
)}

${commands.map(section).join('\n')}`;
}

/** "config print" for a command below another. */
const nameOf = (command) => (command.parent?.parent ? `${command.parent.name()} ${command.name()}` : command.name());
const anchorOf = (command) => `netaudit-${nameOf(command).replace(' ', '-')}`;

function section(command) {
  const given = command.registeredArguments.map((argument) => [code(argument.name()), argument.description]);
  const options = command.options.filter(({ hidden }) => !hidden).map(optionRow);
  return [
    `## netaudit ${nameOf(command)}`,
    `${command.description()}.`,
    `\`\`\`text\nnetaudit ${nameOf(command)} ${command.usage()}\n\`\`\``,
    given.length > 0 ? table(['argument', 'what it is'], given) : '',
    options.length > 0 ? table(['option', 'what it does', 'default'], options) : '',
    quoted(helpAfter(command)),
  ]
    .filter((part) => part !== '')
    .map((part) => `${part}\n`)
    .join('\n');
}

function optionRow({ flags, description, defaultValue, argChoices, negate }) {
  const words = argChoices ? `: ${argChoices.map(code).join(', ')}` : '';
  const standard = defaultValue === undefined || typeof defaultValue === 'boolean' || negate ? '' : code(defaultValue);
  return [code(flags), `${description}${words}`, Array.isArray(defaultValue) ? '' : standard];
}

/** What the help says below its lists. */
function helpAfter(command) {
  let shown = '';
  const before = command.configureOutput();
  command.configureOutput({ writeOut: (text) => (shown += text), getOutHelpWidth: () => 120 });
  command.outputHelp();
  const lists = command.helpInformation();
  command.configureOutput(before);
  return shown.slice(lists.length).trim();
}

const quoted = (text) => (text === '' ? '' : `\`\`\`text\n${text}\n\`\`\``);
