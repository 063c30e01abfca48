// The parts of a script as one HTML page for whoever runs them: self-contained, no network.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/catalog.h"

namespace schemac {

struct PagePart {
  std::string name;                // Of its file: "01_0001_initial.sql".
  std::string title;               // "0001_initial: Initial".
  std::string sql;                 // What the button copies, byte for byte.
  std::string hint;                // How it is run.
  std::vector<std::string> notes;  // What its revision locks and loses.
};

struct Page {
  std::string title;
  std::vector<PagePart> parts;
  const schema::Catalog* before = nullptr;  // The states around the range, for the diagram.
  const schema::Catalog* after = nullptr;
};

std::string HandOverPage(const Page& page);

// The tables that differ between the states, with what differs and the foreign keys between them, as SVG; ""
// when none differs. (diagram.cpp)
std::string ChangeDiagram(const schema::Catalog& before, const schema::Catalog& after);

}  // namespace schemac
