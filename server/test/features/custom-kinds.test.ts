import { describe, expect, it } from 'vitest';
import { isCustomGroup } from '../../src/tables/kinds.ts';
import { applyFix, atCursor, checkDiagnostics, completionsAt, open, parseFixture, placesOf } from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';

const crd = (group: string, file: string, versions = ['v1']): string => `# file: ${file}
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: boats.${group}
spec:
  group: ${group}
  scope: Namespaced
  names:
    kind: Boat
    plural: boats
  versions:
${versions
  .map((version) => {
    const [name = '', served = 'true'] = version.split(' ');
    return `    - name: ${name}
      served: ${served}
      storage: ${String(version === versions.at(-1))}
      schema:
        openAPIV3Schema:
          type: object
`;
  })
  .join('')}`;

const boat = (apiVersion: string, kind = 'Boat'): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: dinghy\n`;

const both = crd('lake.example.com', 'lake.yaml') + crd('sea.example.com', 'sea.yaml');

/** What the features tell of the place at the cursor. */
function at(text: string) {
  const { snapshot, uri, offset } = atCursor(text);
  return {
    definition: placesOf(snapshot, snapshot.definition(uri, offset)),
    references: placesOf(snapshot, snapshot.references(uri, offset, false)),
    hover: snapshot.hover(uri, offset)?.wiring,
    rename: snapshot.rename(uri, offset, 'Ship'),
    tokens: snapshot.semanticTokens(uri).map(({ span }) => snapshot.text(uri)?.slice(span.start, span.end)),
  };
}

describe('the kind of a custom resource', () => {
  it('leads to the definition of its own group', () => {
    const found = at(`${both}# file: boat.yaml\n${boat('sea.example.com/v1', 'Bo$0at')}`);
    expect(found.definition).toEqual(['sea.yaml:9 Boat']);
    expect(found.hover).toBe(
      'Kind **Boat** made by CustomResourceDefinition **boats.sea.example.com** · [sea.yaml:9](file:///w/sea.yaml#L9)  \nIt has `sea.example.com/v1`.',
    );
  });

  it('is found from the definition, and refuses to be renamed', () => {
    const text = `${both.replace('kind: Boat', 'kind: Bo$0at')}# file: boat.yaml\n${boat('sea.example.com/v1')}---\n${boat('lake.example.com/v1')}`;
    const found = at(text);
    expect(found.references).toEqual(['boat.yaml:7 Boat']);
    expect(found.rename).toEqual({ refused: expect.stringMatching(/^Controllers, and the objects on clusters, know/) });
  });

  it('is found in other resources where there is no definition', () => {
    const text = `${boat('sea.example.com/v1', 'Bo$0at')}---\n${boat('lake.example.com/v1')}---\n${boat('sea.example.com/v1beta1')}`;
    const found = at(text);
    expect(found.references).toEqual(['main.yaml:2 Boat', 'main.yaml:12 Boat']);
    expect(found.hover ?? '').toBe('');
    expect(found.tokens).toEqual([]);
  });

  it('is coloured where it leads to one', () => {
    expect(at(`${both}# file: boat.yaml\n${boat('sea.example.com/v1', 'Bo$0at')}`).tokens).toEqual([
      'sea.example.com/v1',
      'Boat',
    ]);
  });

  it('is completed by all kinds that are known', () => {
    const kinds = completionsAt(`${both}# file: boat.yaml\n${boat('sea.example.com/v1', '$0')}`);
    expect(kinds).toEqual(['Boat']);
    expect(completionsAt(`${both}# file: boat.yaml\n${boat('cert-manager.io/v1', '$0')}`)).toContain('Issuer');
  });

  it("is no token in Kubernetes' own groups", () => {
    expect(at(`${both}# file: config.yaml\n${boat('v1', 'Conf$0igMap')}`)).toMatchObject({
      definition: [],
      references: [],
    });
  });
});

it("knows which groups are Kubernetes' own", () => {
  const groups = (custom: boolean): string[] => [
    ...new Set(
      realModel()
        .kinds()
        .filter((info) => (info.custom !== undefined) === custom)
        .map(({ group }) => group),
    ),
  ];
  // An operator's, whose kind was once Kubernetes' own.
  expect(groups(false).filter(isCustomGroup)).toEqual(['redhatcop.redhat.io']);
  expect(groups(true).filter((group) => !isCustomGroup(group))).toEqual([]);
});

describe('the version of a custom resource', () => {
  it('leads to that of its definition', () => {
    const text = `${crd('sea.example.com', 'sea.yaml', ['v1beta1', 'v1'])}# file: boat.yaml\n${boat('sea.exam$0ple.com/v1beta1')}`;
    const found = at(text);
    expect(found.definition).toEqual(['sea.yaml:12 v1beta1']);
    expect(found.hover).toContain('Served version **sea.example.com/v1beta1** of CustomResourceDefinition');
    expect(found.rename).toEqual({ refused: expect.stringMatching(/^Objects are stored in this version/) });
  });

  it('has to be there, and served', () => {
    const definition = crd('sea.example.com', 'sea.yaml', ['v1alpha1 false', 'v1beta1', 'v1']);
    checkDiagnostics(`${definition}# file: boat.yaml
apiVersion: sea.example.com/v1alpha1
#           ^^^^^^^^^^^^^^^^^^^^^^^^ error unresolved-custom-version
kind: Boat
metadata:
  name: dinghy
---
apiVersion: sea.example.com/v2
#           ^^^^^^^^^^^^^^^^^^ error unresolved-custom-version
kind: Boat
metadata:
  name: yacht
---
apiVersion: sea.example.com/v1beta1
kind: Boat
metadata:
  name: ferry
`);
    const { snapshot } = open(parseFixture(`${definition}# file: boat.yaml\n${boat('sea.example.com/v1alpha1')}`));
    expect(snapshot.diagnostics('file:///w/boat.yaml')[0]?.message).toBe(
      'Kind "Boat" (sea.yaml:9) has no served version "sea.example.com/v1alpha1". It has sea.example.com/v1beta1 and sea.example.com/v1. The API server answers "no matches for kind" and creates nothing.',
    );
    expect(
      applyFix(`${definition}# file: boat.yaml\n${boat('sea.example.com/v$02')}`, 'Change to "sea.example.com/v1"'),
    ).toContain('apiVersion: sea.example.com/v1\n');
  });

  it('is told of a slip in its group', () => {
    const text = `${crd('sea.example.com', 'sea.yaml')}# file: boat.yaml
apiVersion: sea.exmaple.com/v1
#           ^^^^^^^^^^^^^^^^^^ warning unknown-kind
kind: Boat
metadata:
  name: dinghy
`;
    checkDiagnostics(text);
    const bad = `${crd('sea.example.com', 'sea.yaml')}# file: boat.yaml\n${boat('sea.exmapl$0e.com/v1')}`;
    expect(applyFix(bad, 'Change apiVersion to sea.example.com/v1')).toContain('apiVersion: sea.example.com/v1\n');
  });

  it('is not judged by the kind of another group, nor without a definition', () => {
    checkDiagnostics(`${both}# file: boat.yaml
apiVersion: river.example.com/v2
kind: Boat
metadata:
  name: dinghy
`);
  });

  it('may be the only one of an old definition', () => {
    const old = crd('sea.example.com', 'sea.yaml')
      .replace(/ {2}versions:[\s\S]*/, '  version: v1beta1\n')
      .replace('k8s.io/v1', 'k8s.io/v1beta1');
    const found = at(`${old}# file: boat.yaml\n${boat('sea.example.com/v1be$0ta1')}`);
    expect(found.definition).toEqual(['sea.yaml:11 v1beta1']);
  });
});

describe('the resources of a rule', () => {
  const role = (groups: string, resources: string): string => `# file: role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: sailor
rules:
  - apiGroups: [${groups}]
    resources: [${resources}]
    verbs: [get]
`;

  it('lead to the plural of a definition, without their subresource', () => {
    expect(at(both + role('sea.example.com', 'bo$0ats/status')).definition).toEqual(['sea.yaml:10 boats']);
    expect(at(both + role('sea.example.com, lake.example.com', 'bo$0ats')).definition).toEqual([
      'lake.yaml:10 boats',
      'sea.yaml:10 boats',
    ]);
    expect(at(both + role('apps', 'bo$0ats')).definition).toEqual([]);
  });

  it('are found from it', () => {
    expect(at(both.replace('plural: boats', 'plural: bo$0ats') + role('lake.example.com', 'boats')).references).toEqual(
      ['role.yaml:7 boats'],
    );
  });

  it('are completed', () => {
    expect(completionsAt(both + role('sea.example.com', '$0'))).toEqual(['boats']);
  });

  it('are told of a slip, where only custom resources can be meant', () => {
    const said = (groups: string, resources: string): string[] => {
      const { snapshot } = open(parseFixture(both + role(groups, resources)));
      return snapshot.diagnostics('file:///w/role.yaml').map(({ severity, message }) => `${severity} ${message}`);
    };
    expect(said('sea.example.com', 'boat')).toEqual([
      'warning Resource "boat" is not in this workspace. Did you mean "boats" (sea.yaml:10)? The rule is about nothing, and nothing reports that.',
    ]);
    expect(said('sea.example.com, ""', 'boat')).toEqual([]);
    expect(said('sea.example.com', 'harbours')).toEqual([]);
    // Perhaps of another version of the operator.
    expect(said('sea.example.com', 'tugboats')).toEqual([]);
    expect(said('sea.example.com', 'boasts')).toHaveLength(1);
    expect(said('sea.example.com', 'coasts')).toEqual([]);
  });
});

it('lenses on a definition tell how many use it', () => {
  const { snapshot } = open(
    parseFixture(`${both}# file: boat.yaml\n${boat('sea.example.com/v1')}---\n${boat('sea.example.com/v1')}`),
  );
  const uri = 'file:///w/sea.yaml';
  expect(snapshot.codeLenses(uri).map((lens) => snapshot.codeLensText(uri, lens)?.title)).toEqual(['used by 2']);
});
