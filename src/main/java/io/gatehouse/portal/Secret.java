package io.gatehouse.portal;

import java.util.List;
import org.springframework.ui.Model;

/**
 * Secrets that are shown once, on the page that answers the form.
 *
 * @param title of the page
 * @param back the page to go on with
 */
record Secret(String title, String back, List<Value> values) {

  /** A value to copy. */
  record Value(String label, String text) {}

  /** The view that shows it. */
  static String show(Model model, Secret secret) {
    model.addAttribute("secret", secret);
    return "portal/subscriber-secret";
  }
}
