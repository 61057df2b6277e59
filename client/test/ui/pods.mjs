// A walk through a workload with a preset: lenses, the pod that will run, and what its containers see.
import assert from 'node:assert/strict';

/** In this order: each goes on from where the one before it stopped. */
export const POD_WALK = {
  'peeks the presets of a pod by their lens': async (workbench) => {
    await workbench.lens('1 preset applies').click();
    await workbench.peek.getByText('allow-database').first().waitFor();
    await workbench.press('Escape');
    await workbench.peek.waitFor({ state: 'hidden' });
  },
  'shows the pod that will run by its lens, with a note on each line that a preset adds': async (workbench) => {
    await workbench.lens('Show effective pod').click();
    await workbench.preview.getByText('# Deployment website as it will run (presets)').waitFor();
    // The note's text is not in the page: style sheets hold it.
    await workbench.preview.locator('.view-line span[class*="ced-"]').nth(3).waitFor();
  },
  'follows the keys, which go on to the manifest': async (workbench) => {
    await workbench.goTo('image: nginx:1.27');
    await workbench.type('.5');
    await workbench.preview.locator('.view-line', { hasText: 'nginx:1.27.5' }).waitFor();
    await workbench.line('image: nginx:1.27.5').waitFor();
  },
  'switches layers on': async (workbench) => {
    await workbench.run('Podwire: Select What the Pod Is Shown With…');
    await workbench.quickInput.locator('.monaco-list-row', { hasText: 'What the API server fills in' }).click();
    await workbench.press('Enter');
    await workbench.preview.getByText('as it will run (presets, defaults)').waitFor();
  },
  'shows what the containers see, and hides the values of Secrets until they are asked for': async (workbench) => {
    await workbench.run('Podwire: Show What Each Container Sees');
    const view = workbench.webview;
    await view.getByText('secret db-secrets/password').waitFor();
    assert.doesNotMatch(await view.locator('main').innerHTML(), /an-example-only/);
    await view.locator('summary .path', { hasText: 'driver' }).click();
    await view.getByText('jdbc').waitFor();
    await view.getByText('Reveal secret values').click();
    await view.getByText('an-example-only').waitFor();
    // A file that was opened stays open.
    assert.equal(await view.getByText('jdbc').isVisible(), true);
  },
  'asks again for them once it was out of sight': async (workbench) => {
    await workbench.tab('effective-pod.yaml').click();
    await workbench.preview.getByText('# Deployment website').waitFor();
    await workbench.tab('Containers of Deployment website').click();
    await workbench.webview.getByText('secret db-secrets/password').waitFor();
    assert.doesNotMatch(await workbench.webview.locator('main').innerHTML(), /an-example-only/);
  },
};
