import { expect, test } from 'vitest';
import { Engine } from '../../src/engine.ts';
import type {
  ContainerViewAnswer,
  ContainerViewParams,
  EffectivePodAnswer,
  EffectivePodParams,
  ProtocolRange,
} from '../../src/lsp/protocol.ts';
import { pod, preset } from '../features/preset-texts.ts';
import { realModel } from '../schema/real-model.ts';
import { serveInProcess } from './in-process.ts';
import type { TestClient } from './test-client.ts';

const presetUri = 'file:///w/preset.yaml';
const podUri = 'file:///w/pod.yaml';
const start = { line: 0, character: 0 };

const port = (value: string): string => preset('db', `  env:\n    - name: PORT\n      value: "${value}"\n`);

async function opened(presetText: string, podText: string): Promise<TestClient> {
  const client = serveInProcess(() => new Engine({ model: realModel() }));
  await client.initialize({ initializationOptions: { kubernetesVersion: '1.19' } });
  await client.open(presetUri, presetText);
  await client.open(podUri, podText);
  // Settings come behind initialize.
  await client.pull(podUri);
  return client;
}

const ask = (client: TestClient, given: Partial<EffectivePodParams> = {}): Promise<EffectivePodAnswer | null> => {
  const params: EffectivePodParams = { uri: podUri, position: start, layers: ['presets'], ...given };
  return client.request('podwire/effectivePod', params);
};

const view = (client: TestClient, given: Partial<ContainerViewParams> = {}): Promise<ContainerViewAnswer | null> => {
  const params: ContainerViewParams = { uri: podUri, position: start, layers: ['presets'], reveal: false, ...given };
  return client.request('podwire/containerView', params);
};

test('every line says who added it and where it is written, in the text that the client has', async () => {
  const client = await opened(port('1'), pod('web'));
  const answer = await ask(client);
  expect(answer).toMatchObject({ version: 1, kind: 'Pod', name: 'web', location: { uri: podUri }, notes: [] });
  const line = answer?.lines.find(({ text }) => text.trim() === '- name: PORT');
  expect(line).toMatchObject({ note: 'PodPreset "db"', location: { uri: presetUri, range: { start: { line: 7 } } } });
  const own = answer?.lines.find(({ text }) => text.includes('image'));
  expect(own).toMatchObject({
    text: '      image: nginx:1.27',
    location: { uri: podUri, range: { start: { line: 8 } } },
  });
  expect(own).not.toHaveProperty('note');
  expect(answer?.written.map(({ text }) => text).join('\n')).not.toContain('PORT');
  await client.change(podUri, 2, pod('web').replace('1.27', '1.28'));
  const next = await ask(client);
  expect(next?.version).toBe(2);
  expect(next?.lines.map(({ text }) => text)).toContain('      image: nginx:1.28');
});

test('a change of the preset is there at once; a conflict is told, and the pod stays as it was', async () => {
  const client = await opened(port('1'), pod('web', '      env: [{ name: PORT, value: "1" }]\n'));
  expect((await ask(client))?.notes).toEqual([]);
  await client.change(presetUri, 2, port('2'));
  const answer = await ask(client);
  expect(answer?.notes).toMatchObject([{ kind: 'conflict', location: { uri: presetUri } }]);
  expect(answer?.lines).toEqual(answer?.written);
});

test('layers are those that are asked for', async () => {
  const client = await opened(port('1'), pod('web'));
  const texts = async (layers: EffectivePodParams['layers']): Promise<string> =>
    ((await ask(client, { layers }))?.lines ?? []).map(({ text }) => text).join('\n');
  expect(await texts([])).not.toContain('PORT');
  expect(await texts(['defaults'])).toMatch(/^ {2}restartPolicy: Always$/m);
  expect(await texts(['presets', 'admission'])).toMatch(/PORT[\s\S]*serviceaccount/);
});

test('where nothing makes pods, or no file is, the answer is null', async () => {
  const client = await opened(port('1'), pod('web'));
  expect(await ask(client, { uri: presetUri })).toBeNull();
  expect(await ask(client, { uri: 'file:///w/none.yaml' })).toBeNull();
  expect(await view(client, { uri: presetUri })).toBeNull();
});

test('a client finds out where pods are', async () => {
  const client = await opened(port('1'), `${pod('one')}---\n${port('1')}---\n${pod('two')}`);
  const places = await client.request<ProtocolRange[]>('podwire/podPlaces', { uri: podUri });
  expect(places.map((range) => range.start.line)).toEqual([0, 20]);
  expect(await client.request('podwire/podPlaces', { uri: presetUri })).toEqual([]);
});

test('values of Secrets come along only when they are asked for', async () => {
  const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData: { password: correct-horse }\n`;
  const env = '      env: [{ name: PASSWORD, valueFrom: { secretKeyRef: { name: db, key: password } } }]\n';
  const client = await opened(port('1'), `${pod('web', env)}---\n${secret}`);
  const masked = await view(client);
  expect(JSON.stringify(masked)).not.toContain('correct-horse');
  expect(masked?.containers[0]?.variables.map(({ name, value }) => [name, value])).toEqual([
    ['PASSWORD', { text: 'secret db/password', masked: true }],
    ['PORT', { text: '1', masked: false }],
  ]);
  const revealed = await view(client, { reveal: true });
  expect(revealed?.containers[0]?.variables[0]?.value).toEqual({ text: 'correct-horse', masked: false });
  expect(masked).toMatchObject({ version: 1, location: { uri: podUri } });
});

test('a client that wants to hears of changes that are not its own', async () => {
  const client = serveInProcess(() => new Engine({ model: realModel() }));
  await client.initialize({ initializationOptions: { notifyChanges: true } });
  await client.open(podUri, pod('web'));
  await client.notify('workspace/didChangeConfiguration', { settings: { podwire: { kubernetesVersion: '1.19' } } });
  await client.until(() => client.count('podwire/changed') > 0);
});
