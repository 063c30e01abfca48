// The comments before statements: why a step stands there, what is lost, what the former definition was.
#pragma once

#include <map>
#include <string>

#include "compiler/plan/step.h"

namespace schemac::emitters::postgres {

// The objects that a plan creates, so that the definition of what comes back the same is not repeated in a
// comment.
class Recreated {
 public:
  void Add(const plan::Action& action);
  [[nodiscard]] bool Same(const schema::Object& dropped) const;

 private:
  void Add(const schema::Object& object);

  std::map<schema::ObjectAddress, std::string> definitions_;
};

// Lines without dashes; may be empty.
std::string Remarks(const plan::Step& step, const Recreated& recreated);

// Puts the lines of `more` behind those of `remarks`; a line that stands there already is not repeated.
void AppendRemarks(const std::string& more, std::string& remarks);

}  // namespace schemac::emitters::postgres
