import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Field, ObjectSchema, ScalarSchema, Schema } from '../../src/schema/api-model.ts';
import { ApiModel, fieldAt, schemaAt, typeName } from '../../src/schema/api-model.ts';
import { builtInModel, realSchemaText } from './real-model.ts';

const model = builtInModel();

describe('kinds', () => {
  it('knows scope and plural', () => {
    expect(info('apps/v1', 'Deployment')).toMatchObject({ group: 'apps', namespaced: true, plural: 'deployments' });
    expect(info('v1', 'Service')).toMatchObject({ group: '', version: 'v1', namespaced: true, plural: 'services' });
    expect(info('storage.k8s.io/v1', 'StorageClass').namespaced).toBe(false);
    expect(info('v1', 'PersistentVolume').namespaced).toBe(false);
    expect(info('networking.k8s.io/v1', 'Ingress').plural).toBe('ingresses');
    expect(info('networking.k8s.io/v1', 'NetworkPolicy').plural).toBe('networkpolicies');
    expect(info('v1', 'Endpoints').plural).toBe('endpoints');
    expect(info('policy/v1beta1', 'PodSecurityPolicy').namespaced).toBe(false);
    expect(info('storage.k8s.io/v1', 'CSIStorageCapacity').namespaced).toBe(true);
  });

  it('offers preferred versions first', () => {
    expect(model.named('Deployment').map((one) => one.apiVersion)).toEqual([
      'apps/v1',
      'apps/v1beta2',
      'apps/v1beta1',
      'extensions/v1beta1',
    ]);
    expect(model.named('HorizontalPodAutoscaler').map((one) => one.apiVersion)).toEqual([
      'autoscaling/v2',
      'autoscaling/v1',
      'autoscaling/v2beta2',
      'autoscaling/v2beta1',
    ]);
    expect(model.named('Ingress')[0]?.apiVersion).toBe('networking.k8s.io/v1');
    expect(model.named('Event')[0]?.apiVersion).toBe('v1');
    expect(model.named('CronJob').map((one) => one.version)).toEqual(['v1', 'v1beta1', 'v2alpha1']);
    expect(model.named('Nonsense')).toEqual([]);
  });

  it('keeps apart what it does not know', () => {
    expect(model.find('apps/v1', 'Ingress')).toBeUndefined();
    expect(model.find('apps/v9', 'Deployment')).toBeUndefined();
    expect(model.knowsGroup('')).toBe(true);
    expect(model.knowsGroup('extensions')).toBe(true);
    expect(model.knowsGroup('cert-manager.io')).toBe(false);
  });

  it('holds no lists of one kind and no requests', () => {
    expect(model.find('v1', 'PodList')).toBeUndefined();
    expect(model.find('v1', 'DeleteOptions')).toBeUndefined();
    expect(model.find('v1', 'Status')).toBeUndefined();
  });

  it('has no kind twice', () => {
    const keys = model.kinds().map((one) => `${one.apiVersion} ${one.kind}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeGreaterThan(150);
  });
});

describe('required fields', () => {
  it('never asks for apiVersion and kind of a top-level kind', () => {
    for (const one of model.kinds()) {
      expect(one.schema.fields.has('apiVersion'), one.kind).toBe(true);
      expect(one.schema.fields.has('kind'), one.kind).toBe(true);
      expect(one.schema.fields.get('apiVersion')?.required, one.kind).toBe(false);
      expect(one.schema.fields.get('kind')?.required, one.kind).toBe(false);
    }
  });

  it('of a Deployment, down to its ports', () => {
    expect(required('apps/v1', 'Deployment', ['spec'])).toEqual(['selector', 'template']);
    expect(required('apps/v1', 'Deployment', ['spec', 'template', 'spec'])).toEqual(['containers']);
    expect(required('apps/v1', 'Deployment', [...CONTAINER])).toEqual(['image', 'name']);
    expect(required('apps/v1', 'Deployment', [...CONTAINER, 'ports', 0])).toEqual(['containerPort']);
    expect(required('apps/v1', 'Deployment', [...CONTAINER, 'volumeMounts', 0])).toEqual(['mountPath', 'name']);
  });

  it('of storage', () => {
    expect(required('storage.k8s.io/v1', 'StorageClass', [])).toEqual(['provisioner']);
    expect(required('apps/v1', 'StatefulSet', ['spec', 'volumeClaimTemplates', 0])).toEqual([]);
    expect(typeName(at('apps/v1', 'StatefulSet', ['spec', 'volumeClaimTemplates']))).toBe('[]PersistentVolumeClaim');
  });

  it('of an Ingress and its backend', () => {
    const path = ['spec', 'rules', 0, 'http', 'paths', 0];
    expect(required('networking.k8s.io/v1', 'Ingress', path)).toEqual(['backend', 'pathType']);
    const backend = object(at('networking.k8s.io/v1', 'Ingress', [...path, 'backend']));
    expect(backend.name).toBe('IngressBackend');
    expect([...backend.fields.keys()]).toEqual(['resource', 'service']);
    expect(typeName(at('networking.k8s.io/v1', 'Ingress', [...path, 'backend', 'service']))).toBe(
      'IngressServiceBackend',
    );
    expect(scalar('networking.k8s.io/v1', 'Ingress', [...path, 'backend', 'service', 'port', 'number']).type).toBe(
      'integer',
    );
    expect(required('networking.k8s.io/v1', 'Ingress', [...path, 'backend', 'service'])).toEqual(['name']);
  });

  it('asks for nothing in a status', () => {
    expect(required('apps/v1', 'StatefulSet', ['status'])).toEqual([]);
    expect(required('apps/v1', 'DaemonSet', ['status'])).toEqual([]);
    expect(required('v1', 'Pod', ['status', 'containerStatuses', 0])).toEqual([]);
  });

  it('keeps apiVersion and kind where they name another object', () => {
    expect(required('autoscaling/v2', 'HorizontalPodAutoscaler', ['spec', 'scaleTargetRef'])).toEqual(['kind', 'name']);
    expect(required('v1', 'Pod', ['metadata', 'ownerReferences', 0])).toEqual(['apiVersion', 'kind', 'name', 'uid']);
  });
});

describe('types', () => {
  it('tells integers, numbers and int-or-string apart', () => {
    expect(scalar('apps/v1', 'Deployment', ['spec', 'replicas'])).toMatchObject({ type: 'integer', format: 'int32' });
    expect(scalar('v1', 'Pod', ['spec', 'terminationGracePeriodSeconds']).format).toBe('int64');
    expect(scalar('v1', 'Pod', ['spec', 'containers', 0, 'livenessProbe', 'httpGet', 'port']).type).toBe(
      'int-or-string',
    );
    expect(scalar('v1', 'Service', ['spec', 'ports', 0, 'targetPort']).type).toBe('int-or-string');
    expect(scalar('v1', 'Service', ['spec', 'ports', 0, 'port']).type).toBe('integer');
    const schema = ['spec', 'versions', 0, 'schema', 'openAPIV3Schema'];
    const crd = ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'] as const;
    expect(scalar(...crd, [...schema, 'maximum'])).toMatchObject({ type: 'number', format: 'double' });
    expect(scalar(...crd, [...schema, 'maxLength'])).toMatchObject({ type: 'integer', format: 'int64' });
  });

  it('leaves no bare number but in JSON schemas', () => {
    const numbers = new Set<string>();
    for (const schema of everyObject()) {
      for (const field of schema.fields.values()) {
        if (field.schema.type === 'number') numbers.add(`${schema.name}.${field.name}`);
      }
    }
    expect([...numbers].sort()).toEqual([
      'JSONSchemaProps.maximum',
      'JSONSchemaProps.minimum',
      'JSONSchemaProps.multipleOf',
    ]);
  });

  it('of quantities', () => {
    expect(typeName(at('v1', 'Pod', ['spec', 'containers', 0, 'resources', 'limits']))).toBe('map[string]Quantity');
    expect(scalar('v1', 'PersistentVolumeClaim', ['spec', 'resources', 'requests', 'storage']).type).toBe('quantity');
    expect(scalar('v1', 'Pod', ['spec', 'volumes', 0, 'emptyDir', 'sizeLimit']).type).toBe('quantity');
  });

  it('of a Secret', () => {
    expect(at('v1', 'Secret', ['data'])).toMatchObject({ type: 'map', values: { type: 'string', format: 'byte' } });
    expect(at('v1', 'Secret', ['stringData'])).toMatchObject({ type: 'map', values: { type: 'string', format: '' } });
    expect(at('v1', 'ConfigMap', ['binaryData', 'x'])).toMatchObject({ format: 'byte' });
    expect(scalar('v1', 'Secret', ['immutable']).type).toBe('boolean');
  });

  it('of metadata, everywhere', () => {
    for (const one of model.kinds()) {
      const metadata = one.schema.fields.get('metadata');
      if (metadata === undefined) continue;
      expect(typeName(metadata.schema), one.kind).toMatch(one.kind === 'List' ? /^ListMeta$/ : /^ObjectMeta$/);
    }
    expect(typeName(at('apps/v1', 'Deployment', ['spec', 'template', 'metadata']))).toBe('ObjectMeta');
    expect(typeName(at('v1', 'Pod', ['metadata', 'labels']))).toBe('map[string]string');
    expect(scalar('v1', 'Pod', ['metadata', 'creationTimestamp']).format).toBe('date-time');
    expect(scalar('coordination.k8s.io/v1', 'Lease', ['spec', 'renewTime']).format).toBe('date-time');
  });

  it('of a CRD, whose schema holds itself', () => {
    const path = ['spec', 'versions', 0, 'schema', 'openAPIV3Schema'];
    const props = at('apiextensions.k8s.io/v1', 'CustomResourceDefinition', path);
    expect(typeName(props)).toBe('JSONSchemaProps');
    expect(schemaAt(props, ['properties', 'spec', 'properties', 'size'])).toBe(props);
    expect(schemaAt(props, ['properties', 'spec', 'items'])).toBe(props);
    expect(schemaAt(props, ['additionalProperties'])).toBe(props);
    expect(fieldAt(props, ['additionalProperties'])).toMatchObject({ decodesItself: true, mayBeBoolean: true });
    expect(fieldAt(props, ['items'])).toMatchObject({ decodesItself: true, mayBeBoolean: false });
    expect(fieldAt(props, ['not'])).toMatchObject({ decodesItself: false, mayBeBoolean: false });
    expect(schemaAt(props, ['enum', 0])?.type).toBe('any');
    expect(schemaAt(props, ['x-kubernetes-preserve-unknown-fields'])?.type).toBe('boolean');
  });

  it('of a List of anything', () => {
    const item = object(at('v1', 'List', ['items', 3]));
    expect(item.open).toBe(true);
    expect(typeName(at('v1', 'List', ['items', 3, 'metadata']))).toBe('ObjectMeta');
    expect(required('v1', 'List', ['items', 3])).toEqual([]);
    expect(object(at('apps/v1', 'ControllerRevision', ['data'])).open).toBe(true);
    expect(info('v1', 'Pod').schema.open).toBe(false);
  });
});

describe('legacy groups', () => {
  it('knows PodPreset in both groups', () => {
    for (const apiVersion of ['settings.k8s.io/v1alpha1', 'redhatcop.redhat.io/v1alpha1']) {
      const spec = object(at(apiVersion, 'PodPreset', ['spec']));
      expect([...spec.fields.keys()]).toEqual(['env', 'envFrom', 'selector', 'volumeMounts', 'volumes']);
      expect(typeName(at(apiVersion, 'PodPreset', ['spec', 'env', 0, 'valueFrom']))).toBe('EnvVarSource');
      expect(info(apiVersion, 'PodPreset').namespaced).toBe(true);
    }
  });

  it('knows the Ingress of extensions/v1beta1', () => {
    const path = ['spec', 'rules', 0, 'http', 'paths', 0, 'backend'];
    expect(scalar('extensions/v1beta1', 'Ingress', [...path, 'servicePort']).type).toBe('int-or-string');
    expect(scalar('extensions/v1beta1', 'Ingress', [...path, 'serviceName']).type).toBe('string');
  });

  it('knows PetSet', () => {
    expect(required('apps/v1alpha1', 'PetSet', ['spec'])).toEqual(['serviceName', 'template']);
    expect(typeName(at('apps/v1alpha1', 'PetSet', ['spec', 'template', 'spec', 'containers']))).toBe('[]Container');
  });
});

describe('enums', () => {
  it('as the server holds them', () => {
    expect(values('apps/v1', 'Deployment', [...CONTAINER, 'imagePullPolicy'])).toEqual([
      'Always',
      'IfNotPresent',
      'Never',
      '',
    ]);
    expect(values('v1', 'PersistentVolumeClaim', ['spec', 'accessModes', 0])).toEqual([
      'ReadOnlyMany',
      'ReadWriteMany',
      'ReadWriteOnce',
      'ReadWriteOncePod',
    ]);
    expect(values('v1', 'Service', ['spec', 'type'])).toContain('LoadBalancer');
    expect(values('v1', 'Pod', ['spec', 'restartPolicy'])).toContain('OnFailure');
    expect(values('v1', 'Pod', ['spec', 'dnsPolicy'])).toContain('ClusterFirstWithHostNet');
    expect(values('networking.k8s.io/v1', 'Ingress', ['spec', 'rules', 0, 'http', 'paths', 0, 'pathType'])).toEqual([
      'Exact',
      'ImplementationSpecific',
      'Prefix',
    ]);
    expect(values('v1', 'Secret', ['type'])).toEqual([]);
    expect(values('apps/v1beta1', 'Deployment', ['spec', 'strategy', 'type'])).toContain('Recreate');
  });

  it('hold the empty string where it is taken for unset', () => {
    expect(values('v1', 'Pod', ['spec', 'volumes', 0, 'hostPath', 'type'])).toContain('');
    expect(values('v1', 'Pod', ['spec', 'tolerations', 0, 'effect'])).toContain('');
    expect(values('storage.k8s.io/v1', 'StorageClass', ['volumeBindingMode'])).not.toContain('');
  });
});

describe('fields', () => {
  it('carry their text, or that of their type', () => {
    expect(field('apps/v1', 'Deployment', ['spec', 'replicas']).description).toMatch(/^Number of desired pods\./);
    expect(field('v1', 'Pod', [...POD_CONTAINER, 'resources']).description).toMatch(/^Compute Resources required/);
    expect(field('settings.k8s.io/v1alpha1', 'PodPreset', ['spec']).description).toMatch(
      /^PodPresetSpec is a description/,
    );
    expect(field('v1', 'Secret', ['kind']).description).toMatch(/^Kind is a string value/);
    expect(info('v1', 'Secret').description).toMatch(/^Secret holds secret data/);
    expect(field('v1', 'Pod', [...POD_CONTAINER, 'image']).description).not.toMatch(/\\['"*]/);
  });

  it('carry defaults that are stated plainly', () => {
    expect(field('apps/v1', 'Deployment', ['spec', 'replicas']).default).toBe('1');
    expect(field('v1', 'Service', ['spec', 'type']).default).toBe('ClusterIP');
    expect(field('v1', 'Pod', [...POD_CONTAINER, 'ports', 0, 'protocol']).default).toBe('TCP');
    expect(field('v1', 'Pod', [...POD_CONTAINER, 'livenessProbe', 'timeoutSeconds']).default).toBe('1');
    expect(field('v1', 'Pod', ['spec', 'volumes', 0, 'configMap', 'defaultMode']).default).toBe('0644');
    expect(field('v1', 'Pod', [...POD_CONTAINER, 'image']).default).toBeUndefined();
    expect(field('autoscaling/v2', 'HorizontalPodAutoscaler', ['spec', 'minReplicas']).default).toBe('1');
  });

  it('say when they are deprecated', () => {
    expect(field('v1', 'Pod', ['spec', 'serviceAccount']).deprecated).toBe(true);
    expect(field('v1', 'Pod', ['spec', 'volumes', 0, 'gitRepo']).deprecated).toBe(true);
    expect(field('v1', 'Pod', ['spec', 'serviceAccountName']).deprecated).toBe(false);
    expect(field('networking.k8s.io/v1', 'Ingress', ['spec', 'ingressClassName']).deprecated).toBe(false);
  });

  it('carry merge keys', () => {
    expect(field('v1', 'Pod', ['spec', 'containers']).mergeKey).toBe('name');
    expect(field('v1', 'Pod', [...POD_CONTAINER, 'ports']).mergeKey).toBe('containerPort');
    expect(field('v1', 'Pod', [...POD_CONTAINER, 'volumeMounts']).mergeKey).toBe('mountPath');
    expect(field('v1', 'Pod', [...POD_CONTAINER, 'args']).mergeKey).toBeUndefined();
  });
});

describe('schemaAt and fieldAt', () => {
  const pod = info('v1', 'Pod').schema;

  it('know nothing off the path', () => {
    expect(schemaAt(pod, [])).toBe(pod);
    expect(schemaAt(pod, ['spec', 'nonsense'])).toBeUndefined();
    expect(schemaAt(pod, ['spec', 'containers', 'name'])).toBeUndefined();
    expect(schemaAt(pod, ['spec', 'hostname', 'deeper'])).toBeUndefined();
    expect(fieldAt(pod, [])).toBeUndefined();
    expect(fieldAt(pod, ['spec', 'containers', 0])).toBeUndefined();
    expect(fieldAt(pod, ['metadata', 'labels', 'app'])).toBeUndefined();
    expect(fieldAt(pod, ['spec', 'constructor'])).toBeUndefined();
  });

  it('take list indexes as numbers or digits', () => {
    expect(schemaAt(pod, ['spec', 'containers', 0])).toBe(schemaAt(pod, ['spec', 'containers', '12']));
  });

  it('name types as the API reference does', () => {
    expect(typeName(at('v1', 'Pod', ['spec', 'containers']))).toBe('[]Container');
    expect(typeName(at('v1', 'Service', ['spec', 'selector']))).toBe('map[string]string');
    expect(typeName(at('v1', 'Service', ['spec', 'ports', 0, 'targetPort']))).toBe('IntOrString');
    expect(typeName(at('v1', 'Service', ['spec', 'clusterIP']))).toBe('string');
  });
});

describe('the data file', () => {
  it('resolves in full', () => {
    const text = realSchemaText();
    const objects = [...everyObject()];
    expect(objects.length).toBe((JSON.parse(text) as { definitions: unknown[] }).definitions.length);
    for (const schema of objects) {
      expect(schema.name).toMatch(/^[A-Z]\w*$/);
      for (const one of schema.fields.values()) {
        expect(typeName(one.schema)).not.toBe('');
        expect(one.description).not.toMatch(/^\s|\s$/);
        if (one.default !== undefined) expect(one.default).not.toBe('');
        if (one.mergeKey !== undefined) expect(one.schema.type, `${schema.name}.${one.name}`).toBe('list');
      }
    }
  });

  it('is the same each time', () => {
    const folder = mkdtempSync(join(tmpdir(), 'podwire-schema-'));
    try {
      const script = fileURLToPath(new URL('../../../scripts/build-schema.mjs', import.meta.url));
      const bytes = ['a', 'b'].map((name) => {
        const output = join(folder, name);
        execFileSync(process.execPath, [script, output], { stdio: 'pipe' });
        return readFileSync(output);
      });
      expect(bytes[0]?.equals(bytes[1] ?? Buffer.alloc(0))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);

  it('of another format is refused', () => {
    expect(() => ApiModel.parse('{"format":2}')).toThrow('format 2');
    expect(() => ApiModel.parse('no JSON')).toThrow(SyntaxError);
    expect(ApiModel.empty.kinds()).toEqual([]);
    expect(ApiModel.empty.knowsGroup('')).toBe(false);
  });
});

const CONTAINER = ['spec', 'template', 'spec', 'containers', 0] as const;
const POD_CONTAINER = ['spec', 'containers', 0] as const;

type Path = readonly (string | number)[];

function info(apiVersion: string, kind: string) {
  const found = model.find(apiVersion, kind);
  if (found === undefined) throw new Error(`${apiVersion} ${kind} is unknown`);
  return found;
}

function at(apiVersion: string, kind: string, path: Path): Schema {
  const schema = schemaAt(info(apiVersion, kind).schema, path);
  if (schema === undefined) throw new Error(`${kind} has no ${path.join('.')}`);
  return schema;
}

function field(apiVersion: string, kind: string, path: Path): Field {
  const found = fieldAt(info(apiVersion, kind).schema, path);
  if (found === undefined) throw new Error(`${kind} has no ${path.join('.')}`);
  return found;
}

function object(schema: Schema): ObjectSchema {
  if (schema.type !== 'object') throw new Error(`${typeName(schema)} is no object`);
  return schema;
}

function scalar(apiVersion: string, kind: string, path: Path): ScalarSchema {
  const schema = at(apiVersion, kind, path);
  if (schema.type === 'object' || schema.type === 'list' || schema.type === 'map') {
    throw new Error(`${typeName(schema)} is no scalar`);
  }
  return schema;
}

function values(apiVersion: string, kind: string, path: Path): readonly string[] {
  return scalar(apiVersion, kind, path).enum;
}

function required(apiVersion: string, kind: string, path: Path): string[] {
  const { fields } = object(at(apiVersion, kind, path));
  return [...fields.values()].filter((one) => one.required).map((one) => one.name);
}

/** Each definition that any kind leads to, once. */
function everyObject(): Set<ObjectSchema> {
  const seen = new Set<ObjectSchema>();
  const visit = (schema: Schema): void => {
    if (schema.type === 'list') visit(schema.items);
    else if (schema.type === 'map') visit(schema.values);
    else if (schema.type === 'object' && !seen.has(schema)) {
      seen.add(schema);
      for (const one of schema.fields.values()) visit(one.schema);
    }
  };
  for (const one of model.kinds()) visit(one.schema);
  return seen;
}
