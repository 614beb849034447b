import { BlockList, isIP } from 'node:net';

/** Not on the public internet, or a way from there back into a private network. */
const closed = blockList([
  '0.0.0.0/8', // This network.
  '10.0.0.0/8', // Private.
  '100.64.0.0/10', // Behind a carrier's translation.
  '127.0.0.0/8', // This machine.
  '168.63.129.16/32', // The host of a virtual machine at a cloud provider.
  '169.254.0.0/16', // Link-local, with the metadata of cloud providers.
  '172.16.0.0/12', // Private.
  '192.0.0.0/24', // Protocols.
  '192.0.2.0/24', // Documentation.
  '192.31.196.0/24', // Name service of private zones.
  '192.52.193.0/24', // Multicast relays.
  '192.88.99.0/24', // 6to4 relays.
  '192.168.0.0/16', // Private.
  '192.175.48.0/24', // Name service of private zones.
  '198.18.0.0/15', // Benchmarks.
  '198.51.100.0/24', // Documentation.
  '203.0.113.0/24', // Documentation.
  '224.0.0.0/4', // Multicast.
  '240.0.0.0/4', // Reserved, and broadcast.
  '2001::/23', // Teredo, benchmarks, other protocols.
  '2001:db8::/32', // Documentation.
  '2002::/16', // 6to4: an IPv4 address inside.
  '2620:4f:8000::/48', // Name service of private zones.
  '3fff::/20', // Documentation.
]);

/** All that is given out of IPv6: not loopback, local, multicast, translated or mapped IPv4. */
const givenOut = blockList(['2000::/3']);

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits = ''] = range.split('/');
    list.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** Whether this IP address, written in full, is one that anybody on the internet may reach. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !closed.check(address, 'ipv4');
    case 6:
      if (address.includes('%')) return false; // On one link only.
      return givenOut.check(address, 'ipv6') && !closed.check(address, 'ipv6');
    default:
      return false;
  }
}
