// Writes docs/rules and docs/validation.md from the rules themselves, their ids into the settings' schema in package.json,
// and the strings that the client shows into l10n/bundle.l10n.json, which translations start from.
// `--check` writes nothing and fails where something is out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { localized } from './lib/localized.mjs';

const root = path.resolve(import.meta.dirname, '..');
const check = process.argv.includes('--check');

/** The registry, bundled to a module that Node can load. */
async function loadRules() {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'server/src/rules/registry.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
  });
  const source = Buffer.from(outputFiles[0].contents).toString('base64');
  return (await import(`data:text/javascript;base64,${source}`)).rules;
}

const fence = (text) => `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``;

const page = (rule) => `# ${rule.id}

**${rule.title}** · ${rule.severity}

## Why Kubernetes minds

${rule.why}

## How to mend it

${rule.remedy}

## Example

The mark below a line shows where the diagnostic stands.${rule.kubernetesVersion ? ` The manifests are for Kubernetes ${rule.kubernetesVersion}.` : ''}

${fence(rule.bad)}

In order:

${fence(rule.good)}

## Severity

\`podwire.rules\` sets it, or switches the rule off: \`"podwire.rules": { "${rule.id}": "off" }\`.
`;

const index = (rules) => `# Rules

What Podwire checks. *error*: the manifests themselves prove it. *warning*: there is evidence that something is wrong.
A *hint* stands where something is not in the workspace and may well be on the cluster.

| rule | severity | what is wrong |
| --- | --- | --- |
${rules.map((rule) => `| [${rule.id}](${rule.id}.md) | ${rule.severity} | ${rule.title} |`).join('\n')}
`;

const suites = readdirSync(path.join(root, 'server/test/rules'))
  .filter((name) => name.endsWith('.test.ts'))
  .sort()
  .map((name) => [`rules/${name}`, readFileSync(path.join(root, 'server/test/rules', name), 'utf8')]);

/** The suites that name a rule. */
const testsOf = (id) =>
  [
    'rules/rules.test.ts',
    ...suites.filter(([, text]) => new RegExp(`(?<![\\w-])${id}(?![\\w-])`).test(text)).map(([name]) => name),
  ]
    .map((name) => `[${path.basename(name, '.test.ts')}](../server/test/${name})`)
    .join(', ');

const validation = (rules) => `# The API server's judgement

Each rule that says what the API server would say, and what of Kubernetes' own validation it follows (files below
\`pkg/apis\` of kubernetes/kubernetes, or of apimachinery's \`pkg\`). Every rule is tested by its two examples
(\`rules/rules.test.ts\`), and all of them together by what a real API server answered to some 1,900 bent manifests
(\`validation/verdicts.test.ts\`, \`npm run verdicts\`); the last column names the suites in
\`server/test/rules\` that hold cases of their own for it. Of pods, workloads and what they read, some 12,900 bent copies of
these and of richer manifests were besides held against Kubernetes' source (1.33 to 1.35), by type, field and way of bending.

| rule | what it refuses | looks at | follows | tests |
| --- | --- | --- | --- | --- |
${rules
  .filter((rule) => rule.mirrors)
  .map(
    (rule) =>
      `| [${rule.id}](rules/${rule.id}.md) | ${rule.title} | ${rule.types?.join(', ') ?? 'every resource'} | ${rule.mirrors.map((name) => `\`${name}\``).join(', ')} | ${testsOf(rule.id)} |`,
  )
  .join('\n')}
`;

/** package.json with one property of `podwire.rules` for each rule. */
function manifest(rules) {
  const file = path.join(root, 'package.json');
  const text = readFileSync(file, 'utf8');
  const json = JSON.parse(text);
  const configuration = json.contributes?.configuration;
  const setting = (Array.isArray(configuration) ? configuration : [configuration])
    .map((section) => section?.properties?.['podwire.rules'])
    .find(Boolean);
  if (!setting) throw new Error('package.json contributes no setting podwire.rules');
  setting.properties = Object.fromEntries(
    rules.map((rule) => [
      rule.id,
      {
        type: 'string',
        enum: ['off', 'hint', 'information', 'warning', 'error'],
        default: rule.severity,
        description: `${rule.title}.`,
      },
    ]),
  );
  return [file, `${JSON.stringify(json, null, 2)}\n`];
}

const rules = await loadRules();
const folder = path.join(root, 'docs/rules');
const wanted = new Map([
  ...rules.map((rule) => [path.join(folder, `${rule.id}.md`), page(rule)]),
  [path.join(folder, 'README.md'), index(rules)],
  [path.join(root, 'docs/validation.md'), validation(rules)],
  manifest(rules),
  [path.join(root, 'l10n/bundle.l10n.json'), `${JSON.stringify(localized().bundle, null, 2)}\n`],
]);
const present = existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : [];
const stale = present.filter((file) => !wanted.has(file));
const changed = [...wanted].filter(([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text);

if (check) {
  for (const file of [...stale, ...changed.map(([name]) => name)])
    console.error(`out of date: ${path.relative(root, file)}`);
  if (stale.length + changed.length > 0) {
    console.error('Run `npm run docs`.');
    process.exit(1);
  }
} else {
  mkdirSync(folder, { recursive: true });
  for (const file of stale) rmSync(file);
  for (const [file, text] of changed) writeFileSync(file, text);
  console.log(`docs/rules: ${rules.length} rules, ${changed.length + stale.length} files changed`);
}
