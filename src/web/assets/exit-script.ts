/**
 * Leaves for a neutral page at once: by the link, or by Shift three times within two seconds. The
 * page is blanked first and replaced in the history. Without this script the link is a plain link.
 */
export const exitScript = `(() => {
  const links = document.querySelectorAll('a.exit');
  const leave = () => {
    document.documentElement.hidden = true;
    document.title = '';
    window.location.replace(links[0].href);
  };
  for (const link of links) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      leave();
    });
  }
  let presses = [];
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Shift') {
      presses = [];
      return;
    }
    if (event.repeat) return;
    presses = [...presses.filter((at) => event.timeStamp - at < 2000), event.timeStamp];
    if (presses.length >= 3) leave();
  });
})();
`;
