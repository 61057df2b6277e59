/** Which of several things are wanted, by id: those that are not named are. */
export type Switches = Readonly<Record<string, boolean>>;

export const isOn = (switches: Switches, id: string): boolean => switches[id] !== false;
