#pragma once

namespace maha::cli {

/// A standard stream that was closed when the process began (`2>&-`) would otherwise be the first file that is opened,
/// which then got what is meant for the stream. From here on to use it is an error, as it was. To be called first.
void hold_standard_streams();

}  // namespace maha::cli
