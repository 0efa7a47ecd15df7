// node script/docs/install-linked.mjs FOLDER install --save-dev NAME...: what `npm install` is in a project of the documentation's commands.
import { linkPackages } from './projects.mjs';

const [folder, ...words] = process.argv.slice(2);
linkPackages(
  folder,
  words.slice(1).filter((word) => !word.startsWith('-')),
);
