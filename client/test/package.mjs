// What is in the package, as the Marketplace and VS Code will see it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';
import { unzip } from '../../scripts/lib/zip.mjs';

const MAXIMUM_BYTES = 4_000_000;

const TESTS = {
  'is under 4 MB': ({ size }) => assert.ok(size < MAXIMUM_BYTES, `${size} bytes`),
  'holds all that its manifest names': ({ manifest, files }) => {
    const { contributes, main, l10n, icon } = manifest;
    const media = contributes.walkthroughs.flatMap(({ steps }) => steps.map((step) => step.media));
    const named = [
      main,
      icon,
      `${l10n}/bundle.l10n.json`,
      'package.nls.json',
      'dist/server.js',
      'dist/schema.json.br',
      ...contributes.grammars.map((grammar) => grammar.path),
      ...media.map(({ image, markdown }) => image ?? markdown),
    ];
    const missing = named.filter((file) => !files.has(`extension/${path.posix.normalize(file)}`));
    assert.deepEqual(missing, []);
  },
  'holds nothing else of the repository': ({ files }) => {
    const folders = /^extension\/(dist|docs\/images|l10n|media|syntaxes|test-fixtures\/wordpress)\//;
    const top = /^(extension\/[^/]+\.(json|md|txt)|extension\/NOTICE|extension\.vsixmanifest|\[Content_Types\]\.xml)$/;
    const others = [...files.keys()].filter((file) => !folders.test(file) && !top.test(file));
    assert.deepEqual(others, []);
    assert.deepEqual(
      [...files.keys()].filter((file) => /\.(ts|map|mjs)$/.test(file)),
      [],
    );
  },
  'has a readme whose pictures and links lead somewhere from the Marketplace': ({ files }) => {
    const links = [
      ...files
        .get('extension/readme.md')
        .toString()
        .matchAll(/\]\(([^)\s]+)/g),
    ].map((match) => match[1]);
    assert.ok(links.length > 5);
    assert.deepEqual(
      links.filter((link) => !/^(https:|#)/.test(link)),
      [],
    );
  },
  'tells what the Marketplace shows': ({ files }) => {
    const text = files.get('extension.vsixmanifest').toString();
    for (const part of [
      /<DisplayName>Podwire/,
      /<Categories>[^<]*Linters/,
      /<Tags>[^<]*kubernetes/,
      /Branding\.Color" Value="#\w{6}"/,
      /<Icon>extension\/media\/icon\.png<\/Icon>/,
      /Content\.Changelog" Path="extension\/changelog\.md"/,
      /Content\.License" Path=/,
    ])
      assert.match(text, part);
    // The icon: a PNG of 128 pixels or more either way.
    const icon = files.get('extension/media/icon.png');
    assert.equal(icon.toString('latin1', 1, 4), 'PNG');
    assert.ok(Math.min(icon.readUInt32BE(16), icon.readUInt32BE(20)) >= 128);
  },
};

/** @returns the tests: `{ title, passed, milliseconds, error? }` of the package that is there */
export function lookAtPackage() {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const archive = readFileSync(path.join(root, `podwire-${version}.vsix`));
  const files = unzip(archive);
  const seen = { size: archive.length, files, manifest: JSON.parse(files.get('extension/package.json').toString()) };
  return Object.entries(TESTS).map(([title, test]) => {
    const began = Date.now();
    try {
      test(seen);
      return { title, passed: true, milliseconds: Date.now() - began };
    } catch (error) {
      return { title, passed: false, milliseconds: Date.now() - began, error: error.stack };
    }
  });
}
