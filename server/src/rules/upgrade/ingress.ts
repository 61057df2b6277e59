import { DraftMap, DraftText } from '../../syntax/draft.ts';
import { plainType } from '../../syntax/scalar.ts';
import { type Change, holding, takeAnnotation } from './change.ts';

/** extensions/v1beta1 and networking.k8s.io/v1beta1 → networking.k8s.io/v1: backends are nested, path types written. */
export const ingress: Change = ({ resource }) => {
  classOf(resource);
  const spec = resource.map('spec');
  if (!spec) return;
  spec.rename('backend', 'defaultBackend');
  const own = spec.map('defaultBackend');
  if (own) backend(own);
  for (const rule of spec.maps('rules')) {
    for (const path of rule.map('http')?.maps('paths') ?? []) {
      // What paths meant where no type was given: the controller decides.
      if (!path.has('pathType'))
        path.set('pathType', 'ImplementationSpecific', path.has('path') ? { after: ['path'] } : { first: true });
      const to = path.map('backend');
      if (to) backend(to);
    }
  }
};

/** The annotation kubernetes.io/ingress.class → ingressClassName. */
export function classOf(resource: DraftMap): void {
  const metadata = resource.map('metadata');
  const name = metadata?.map('annotations')?.entry(classAnnotation)?.value;
  if (!(name instanceof DraftText) || name.value === '') return;
  const spec = resource.ensure('spec');
  const entry = takeAnnotation(metadata, classAnnotation);
  if (entry && !spec.has('ingressClassName')) spec.add(entry, 'ingressClassName', { first: true });
}

export const classAnnotation = 'kubernetes.io/ingress.class';

/** serviceName and servicePort → service.name and service.port.number or .name */
function backend(map: DraftMap): void {
  const name = map.remove('serviceName');
  const port = map.remove('servicePort');
  if (!name && !port) return;
  const service = new DraftMap();
  if (name) service.add(name, 'name');
  if (port) {
    const value = port.value instanceof DraftText ? port.value.value : '';
    const written = port.value instanceof DraftText ? (port.value.lines[0] ?? '') : '';
    const number = plainType(value) === 'integer' || !/^[\w-]+$/.test(value);
    // "80" in quotes was taken for the port's number, too.
    if (plainType(value) === 'integer' && written !== value) port.value = new DraftText([value], value);
    service.set('port', holding(port, number ? 'number' : 'name'));
  }
  map.set('service', service, { first: true });
}
