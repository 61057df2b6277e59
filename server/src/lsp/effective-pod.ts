import type { Location } from '../base/location.ts';
import type { ContainerView, Preview } from '../engine.ts';
import { offsetAt, rangeOf, toLocations } from './convert.ts';
import { guard } from './guard.ts';
import type {
  ContainerViewAnswer,
  ContainerViewParams,
  EffectivePodAnswer,
  EffectivePodParams,
  PodPlacesParams,
  PreviewedLine,
  ProtocolLocation,
  ProtocolRange,
  ViewedContainer,
} from './protocol.ts';
import { type Session, type Target, target } from './session.ts';

/** `podwire/effectivePod`, `podwire/containerView` and `podwire/podPlaces`: the pods that will run. */
export function serveEffectivePod(session: Session): void {
  const { connection } = session;
  const pod = 'podwire/effectivePod';
  connection.onRequest(
    pod,
    guard<EffectivePodParams, EffectivePodAnswer | null>(session, pod, null, ({ uri, position, layers }) => {
      const file = target(session, uri);
      const found = file?.snapshot.preview(file.uri, offsetAt(session, file, position), layers);
      return file && found ? toAnswer(session, file, found) : null;
    }),
  );
  const view = 'podwire/containerView';
  connection.onRequest(
    view,
    guard<ContainerViewParams, ContainerViewAnswer | null>(session, view, null, (params) => {
      const file = target(session, params.uri);
      if (file === undefined) return null;
      const offset = offsetAt(session, file, params.position);
      const found = file.snapshot.containerView(file.uri, offset, params.layers, params.reveal);
      return found ? toView(session, file, found) : null;
    }),
  );
  const places = 'podwire/podPlaces';
  connection.onRequest(
    places,
    guard<PodPlacesParams, readonly ProtocolRange[]>(session, places, [], ({ uri }) => {
      const file = target(session, uri);
      const found = file?.snapshot.podResources(file.uri) ?? [];
      return file ? found.map(({ location }) => rangeOf(session, file.uri, file.text, location.span)) : [];
    }),
  );
}

type Placed = { readonly location?: ProtocolLocation };

function toAnswer(session: Session, file: Target, preview: Preview): EffectivePodAnswer {
  const { kind, name, namespace } = preview;
  const placed = placing(session, file);
  const toLine = ({ text, note, location }: Preview['lines'][number]): PreviewedLine => ({
    text,
    ...(note !== undefined && { note }),
    ...placed(location),
  });
  return {
    version: session.open.version(file.uri),
    kind,
    name,
    namespace,
    location: whole(session, file, preview.location),
    lines: preview.lines.map(toLine),
    written: preview.written.map(toLine),
    notes: preview.notes.map((note) => ({ kind: note.kind, message: note.message, ...placed(note.location) })),
  };
}

function toView(
  session: Session,
  file: Target,
  { kind, name, location, containers }: ContainerView,
): ContainerViewAnswer {
  const placed = placing(session, file);
  const noted = (note: string | undefined): { readonly note?: string } => (note === undefined ? {} : { note });
  return {
    version: session.open.version(file.uri),
    kind,
    name,
    location: whole(session, file, location),
    containers: containers.map(
      (container): ViewedContainer => ({
        name: container.name,
        init: container.list === 'initContainers',
        variables: container.variables.map(({ name: variable, value, source, note, overrides, location: at }) => ({
          name: variable,
          value,
          source,
          overrides,
          ...noted(note),
          ...placed(at),
        })),
        mounts: container.mounts.map(({ path, volume, what, readOnly, note, notes, files, location: at }) => ({
          path,
          volume,
          what,
          readOnly,
          notes,
          ...noted(note),
          ...(files && { files: files.map(({ location: of, ...rest }) => ({ ...rest, ...placed(of) })) }),
          ...placed(at),
        })),
        notes: container.notes,
      }),
    ),
  };
}

const placing =
  (session: Session, { snapshot }: Target) =>
  (location: Location | undefined): Placed => {
    const [place] = location ? toLocations(session, snapshot, [location]) : [];
    return place ? { location: place } : {};
  };

const whole = (session: Session, { snapshot, uri, text }: Target, location: Location): ProtocolLocation =>
  toLocations(session, snapshot, [location])[0] ?? { uri, range: rangeOf(session, uri, text, { start: 0, end: 0 }) };
