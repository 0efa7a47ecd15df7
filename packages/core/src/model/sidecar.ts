/** The file beside a report that has its hash. */
export const sidecarOf = (file: string): string => `${file}.sha256`;

/** The line of sha256sum(1) for a file: `sha256` in hexadecimal; a name with a backslash or line break is escaped as that does it. */
export const sidecarText = (sha256: string, name: string): string => {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === name ? '' : '\\'}${sha256}  ${escaped}\n`;
};

/** The files that a sidecar has hashes of, in lower case; lines that are none are left out. */
export const readSidecar = (text: string): readonly { readonly sha256: string; readonly name: string }[] =>
  text.split('\n').flatMap((line) => {
    const [, mark, sha256 = '', name = ''] = /^(\\?)([0-9a-fA-F]{64}) [ *](.+)$/.exec(line) ?? [];
    return sha256 === '' ? [] : [{ sha256: sha256.toLowerCase(), name: mark === '' ? name : unescaped(name) }];
  });

const unescaped = (name: string): string =>
  name.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter === 'r' ? '\r' : letter));
