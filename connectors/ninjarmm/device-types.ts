/** What kind of thing a node class is, in words. */
const classes: Readonly<Record<string, string>> = {
  WINDOWS_SERVER: 'Server',
  LINUX_SERVER: 'Server',
  MAC_SERVER: 'Server',
  VMWARE_VM_HOST: 'Hypervisor',
  HYPERV_VMM_HOST: 'Hypervisor',
  NMS_VM_HOST: 'Hypervisor',
  VMWARE_VM_GUEST: 'Virtual machine',
  HYPERV_VMM_GUEST: 'Virtual machine',
  NMS_VIRTUAL_MACHINE: 'Virtual machine',
  ANDROID: 'Mobile',
  APPLE_IOS: 'Mobile',
  APPLE_IPADOS: 'Mobile',
  CLOUD_MONITOR_TARGET: 'Cloud monitor',
  UNMANAGED_DEVICE: 'Asset',
  MANAGED_DEVICE: 'Asset',
  NMS_SWITCH: 'Switch',
  NMS_ROUTER: 'Router',
  NMS_FIREWALL: 'Firewall',
  NMS_PRINTER: 'Printer',
  NMS_WAP: 'Access point',
};

const workstations = new Set(['WINDOWS_WORKSTATION', 'LINUX_WORKSTATION', 'MAC']);

/** Classes that run an agent and so have a system and hardware to tell. */
export const isComputer = (nodeClass: string): boolean =>
  workstations.has(nodeClass) || classes[nodeClass] === 'Server';

/** A class that is not known (the vendor adds some) is `Other`, never an error. */
export function typeName(nodeClass: string, chassisType: string | null): string {
  if (workstations.has(nodeClass)) {
    const chassis = chassisType?.toUpperCase();
    return chassis === 'LAPTOP' ? 'Laptop' : chassis === 'DESKTOP' ? 'Desktop' : 'Workstation';
  }
  return classes[nodeClass] ?? (nodeClass.startsWith('NMS_') ? 'Network device' : 'Other');
}
