import type { z as Zod } from 'zod';
import { zod } from '../../libraries/load.js';
import { acceptableBlindSpots } from '../../model/blind-spot.js';
import { findingLevels, levels } from '../../model/finding.js';
import { oneOrMore, ports, text, type Z } from './builders.js';
import { ruleKinds } from './rules.js';

/** The one description of a policy: what its file may hold, key by key. Entries of rules are described by `kinds`. */
export type PolicySchema = {
  readonly file: ReturnType<typeof fileSchema>;
  readonly kinds: { readonly allowlist: ReturnType<typeof ruleKinds>; readonly deny: ReturnType<typeof ruleKinds> };
};

/** The schema, for which zod is loaded when it is first asked for. */
export const policySchema = (): PolicySchema => {
  loaded ??= makeSchema(zod());
  return loaded;
};

/** The schema as JSON Schema (draft-07), which editors read. */
export const policyJsonSchema = (): object => {
  const z = zod();
  const entry = (effect: 'allow' | 'deny') => z.union(Object.values(ruleKinds(z, effect)) as unknown as [Zod.ZodType, Zod.ZodType]);
  const { $schema, ...rest } = z.toJSONSchema(fileSchema(z, { allow: entry('allow'), deny: entry('deny') }), {
    target: 'draft-7',
    io: 'input',
    reused: 'ref',
  });
  return { $schema, $id: 'netaudit.json', title: 'netaudit.yaml', ...rest };
};

let loaded: PolicySchema | null = null;

const makeSchema = (z: Z): PolicySchema => ({
  file: fileSchema(z, { allow: z.unknown(), deny: z.unknown() }),
  kinds: { allowlist: ruleKinds(z, 'allow'), deny: ruleKinds(z, 'deny') },
});

const fileSchema = (z: Z, entry: { readonly allow: Zod.ZodType; readonly deny: Zod.ZodType }) =>
  z
    .strictObject({
      version: z.literal(1).meta({ description: 'The version of this format.' }),
      extends: oneOrMore(
        z,
        text(z, 'A file or a package.'),
        'Policies that this one builds on: files (`./base.yaml`), or packages whose `netaudit.yaml` is meant. What this file says comes first.',
      ).optional(),
      includes_builtins: z
        .boolean()
        .meta({ description: 'Put the built-in rules first: loopback (127.0.0.0/8 and ::1), all Unix sockets, netlink.', default: true })
        .optional(),
      loopback: z
        .union([z.enum(['any', 'own-servers']), ports(z, 'Ports that are allowed beside those of own servers.')])
        .meta({
          description:
            'Which ports of loopback are allowed: `any`; `own-servers`, those on which the run itself listens; or ports, beside those of own servers.',
          default: 'any',
        })
        .optional(),
      allowlist: z.array(entry.allow).meta({ description: 'The rules, in the order they are tried.' }).optional(),
      deny: z.array(entry.deny).meta({ description: 'What is not allowed, whatever else allows it.' }).optional(),
      findings: findingsSchema(z).optional(),
      accept_blind_spots: z
        .array(z.enum(acceptableBlindSpots))
        .meta({ description: 'Blind spots that are only warned of; else they leave the audit incomplete.' })
        .optional(),
    })
    .meta({ description: 'What a test suite may talk to. The first rule that matches a destination allows it.' });

const findingsSchema = (z: Z) => {
  const codes = Object.entries(findingLevels).map(([code, level]) => [code, z.enum(levels).meta({ default: level }).optional()] as const);
  return z
    .strictObject(Object.fromEntries(codes))
    .meta({ description: 'How much each kind of finding matters: `fail` fails the run, `warn` is reported, `off` is not looked for.' });
};
